from django.conf import settings
from django.http import HttpRequest

from core.guides import help_address
from core.theme import theme_of
from core.typing import Context


def portal(request: HttpRequest) -> Context:
    """What every page may show."""
    return {
        "is_sample": settings.IS_SAMPLE,
        "terms_version": settings.TERMS_VERSION,
        "theme": theme_of(request),
        "help_address": help_address(request),
    }

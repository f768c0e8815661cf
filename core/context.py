from django.conf import settings
from django.http import HttpRequest

from core.theme import theme_of


def portal(request: HttpRequest) -> dict:
    """What every page may show."""
    return {
        "is_sample": settings.IS_SAMPLE,
        "terms_version": settings.TERMS_VERSION,
        "theme": theme_of(request),
    }

from django.conf import settings
from django.http import HttpRequest

from dopa_portal.theme import theme_of


def portal(request: HttpRequest) -> dict:
    """What every page may show."""
    return {
        "is_sample": "demo" in settings.INSTALLED_APPS,
        "terms_version": settings.TERMS_VERSION,
        "theme": theme_of(request),
    }

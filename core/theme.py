"""Light or dark, as a cookie says: the server writes it into the page, so that nothing flickers."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.presses import press

THEMES = ("light", "dark")
REMEMBERED = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """ "light" or "dark" as chosen; "" for what the device wishes."""
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return chosen if chosen in THEMES else ""


@press(back="registration:home")
@login_not_required
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the choice and go back; anything but a theme forgets it."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    answer = HttpResponseRedirect(back if safe else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie(
            settings.THEME_COOKIE_NAME,
            chosen,
            REMEMBERED,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        answer.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    return answer

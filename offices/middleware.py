from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse


class StaffGateMiddleware:
    """Nobody with an account goes anywhere before the session has passed a one-time password.

    A password alone leads to the page that enrols the second factor, and to signing out; nowhere
    else.
    """

    OPEN = (
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "set_language",
        "set_theme",
    )

    # Officers are invited, their e-mail address is their name at the door, and no mail is sent:
    # administrators change the one and set the other.
    CLOSED = frozenset(
        {
            "account_signup",
            "account_email",
            "account_email_verification_sent",
            "account_confirm_email",
            "account_set_password",
            "account_confirm_login_code",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
        }
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return self.get_response(request)
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        if is_mfa_enabled(user):
            # A session from before the factor was enrolled: it has to be begun again.
            logout(request)
            return redirect("account_login")
        if request.path in {reverse(name) for name in self.OPEN}:
            return self.get_response(request)
        # Each look at the page that enrols makes a new secret: a picture must not lead there.
        return redirect("mfa_activate_totp") if _is_navigation(request) else HttpResponseForbidden()

    def process_view(self, request: HttpRequest, *_: object) -> None:
        page = request.resolver_match
        if page and page.view_name in self.CLOSED:
            raise Http404


def _is_navigation(request: HttpRequest) -> bool:
    """A page asked for by a person, not a picture, script or fetch of some page."""
    asked_for = request.headers.get("Sec-Fetch-Dest")
    if asked_for is not None:
        return asked_for == "document"
    return "text/html" in request.headers.get("Accept", "")

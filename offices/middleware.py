from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class StaffGateMiddleware:
    """Nobody with an account goes anywhere before the session has passed a one-time password.

    A password alone leads to the page that enrols the second factor, and to signing out; nowhere
    else.
    """

    OPEN = ("account_logout", "account_reauthenticate", "mfa_activate_totp", "set_language")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or user.is_verified():
            return self.get_response(request)
        if is_mfa_enabled(user):
            # A session from before the factor was enrolled: it has to be begun again.
            logout(request)
            return redirect("account_login")
        if request.path in {reverse(name) for name in self.OPEN}:
            return self.get_response(request)
        return redirect("mfa_activate_totp")

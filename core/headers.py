"""What every answer says of itself, whoever made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from core.problems import PROBLEM_TYPE


class ResourcePolicyMiddleware:
    """No other site may embed what is here: a picture of a person least of all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class NothingInTheClearMiddleware:
    """A program that asks without TLS is refused; a redirection would hide that what it sent could
    be read on the way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECURE_SSL_REDIRECT or request.is_secure():
            return self.get_response(request)
        if not request.path.startswith(settings.PROGRAMS_ASK):
            return self.get_response(request)
        detail = _("This address is asked over https only.")
        told = {"type": "urn:dopa:problem:https_only", "title": detail, "status": 403}
        return JsonResponse(told | {"detail": detail}, status=403, content_type=PROBLEM_TYPE)


class KeptByNobodyMiddleware:
    """What an officer's session or a token opened is kept by no browser and no proxy, unless its
    page says otherwise; whoever signs out leaves nothing of before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_in or "Authorization" in request.headers:
            response.headers.setdefault("Cache-Control", "no-store, private")
        if was_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache"'
        return response

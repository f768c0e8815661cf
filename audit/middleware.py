"""Gives every request an id that its log lines and its audit entries share."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.context import address_class, bound
from core.origin import coming_from
from core.requests import PortalRequest

HEADER = "X-Request-ID"


class RequestContextMiddleware:
    """Takes or makes `X-Request-ID`, answers with it, and sets the audit context meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        offered = request.headers.get(HEADER, "")
        address = client_address(request)
        with (
            coming_from(address),
            bound(request_id=offered, address_class=address_class(address)) as context,
        ):
            request.request_id = context.request_id
            response = self.get_response(request)
        response[HEADER] = context.request_id
        return response


def client_address(request: HttpRequest) -> str:
    """The caller's address. X-Forwarded-For counts only as far as our own proxies wrote it."""
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies and forwarded[-proxies]:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))

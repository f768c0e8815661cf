"""Gives every request an id that its log lines and its audit entries share."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit.context import address_class, bound
from core.origin import client_address, coming_from
from core.rate_limit import counting
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
            counting(),
            bound(request_id=offered, address_class=address_class(address)) as context,
        ):
            request.request_id = context.request_id
            response = self.get_response(request)
        response[HEADER] = context.request_id
        return response

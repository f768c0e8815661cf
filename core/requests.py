"""The request as a view gets it: with what the middleware has put there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PortalRequest(HttpRequest):
    """Nothing makes one; annotations name it."""

    htmx: HtmxDetails
    request_id: str  # under which the log and the answer know it

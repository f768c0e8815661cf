"""Answers whoever is turned away because too many ask at once (core.lanes)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.error_pages import too_busy
from core.lanes import TURNED_AWAY

ALWAYS = ("/health/", "/metrics/")  # whoever watches a busy server would take it for a broken one


class SheddingMiddleware:
    """Before all that costs something; nothing of the request has been done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get(TURNED_AWAY) and not request.path.startswith(ALWAYS):
            return too_busy(request)
        return self.get_response(request)

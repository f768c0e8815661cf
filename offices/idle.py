"""Whoever leaves the desk is signed out. The clock is in Redis: no page writes for it.

Without Redis nobody is signed out by this clock; the session still ends after
STAFF_SIGNED_IN_FOR.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

SAID_ONCE = "signed_out_idle"


class IdleSignOutMiddleware:
    """Ends the session of an officer who did nothing for STAFF_IDLE_FOR."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._idle_too_long(request):
            logout(request)
            request.session[SAID_ONCE] = True
        return self.get_response(request)

    def _idle_too_long(self, request: HttpRequest) -> bool:
        key = f"staff-seen:{request.session.session_key}"
        now = time.time()
        seen = cache.get(key, now)
        if now - seen > settings.STAFF_IDLE_FOR.total_seconds():
            cache.delete(key)
            return True
        if _by_hand(request) or seen == now:
            cache.set(key, now, timeout=settings.STAFF_SIGNED_IN_FOR.total_seconds())
        return False


def _by_hand(request: HttpRequest) -> bool:
    """A page opened or a form sent, not a page that refreshes itself while nobody is there."""
    if request.method not in {"GET", "HEAD"}:
        return True
    return request.headers.get("Sec-Fetch-Dest", "document") == "document"

"""Whoever was told to come again with pictures, and comes sooner, is told so without a look at
them: megabytes are neither taken apart nor judged once more. The web server then answers the next
ones later (core.held_back).
"""

import math
import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from core.held_back import HOLD_BACK, OF_STAFF
from core.lanes import HEAVY_BODY
from core.origin import current_origin
from core.rate_limit import Crowded

KEPT_SECONDS = 3  # the queue may be shorter by then than it was said to be


def tell_to_come_again(wait: int) -> Crowded:
    """What to raise for pictures of the present origin, in whose name it is kept for a moment."""
    cache.set(_key(), time.time() + wait, timeout=min(wait, KEPT_SECONDS))
    return Crowded(wait=wait)


class ComeAgainMiddleware:
    """Stands before all that reads a body (core.malformed is the first)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        size = int(request.META.get("CONTENT_LENGTH") or 0)  # core.malformed: a number
        if size > HEAVY_BODY and not request.path.startswith(OF_STAFF):
            until = cache.get(_key(), 0.0)
            left = until - time.time()
            if left > 0:
                request.META.get(HOLD_BACK, _nobody)(left)
                raise Crowded(wait=math.ceil(left))


def _nobody(_seconds: float) -> None:
    """A web server that is not ours holds nobody back."""


def _key() -> str:
    return f"come-again:{current_origin()}"

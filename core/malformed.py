"""Requests that no page of ours sends: refused before anything works on them.

What is too much or cannot be parsed, Django and DRF find themselves (SuspiciousOperation and its
kin). Here is what they let through to the database: NUL in a path, a parameter or a cookie; and
what they would read to its end: JSON without bound.
"""

from collections.abc import Callable, Iterable
from itertools import chain

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from core.charset import ODD

FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
# What somebody sent and nothing can hold: the database's refusal, JSON nested without end.
CANNOT_BE_HELD = (DataError, RecursionError)
OVERHEAD_BYTES = 2**20  # of the parts of a form that brings files


class MalformedMiddleware:
    """Raises SuspiciousOperation, which is answered by core.error_pages.bad_request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get(ODD):
            raise SuspiciousOperation("a charset that nobody needs")
        _refuse_too_much(request)
        _refuse_nul([request.path, *_both(request.GET.lists()), *request.COOKIES.values()])
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_: object) -> None:
        """Where a body is a form that is read in any case. Serializers refuse NUL themselves."""
        read = {FORM} if getattr(view, "csrf_exempt", False) else {FORM, FILES}
        if request.method == "POST" and request.content_type in read:
            _refuse_nul(_both(request.POST.lists()))


def _refuse_too_much(request: HttpRequest) -> None:
    text = request.META.get("CONTENT_LENGTH") or "0"
    if not text.isascii() or not text.isdecimal():
        raise SuspiciousOperation("the length of the body is no number")
    files = request.content_type == FILES
    most = settings.UPLOAD_MAX_BYTES * 2 + OVERHEAD_BYTES if files else _text_bytes()
    if int(text) > most:
        raise RequestDataTooBig("the body is too long")


def _text_bytes() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _both(lists: Iterable[tuple[str, list[str]]]) -> list[str]:
    return list(chain.from_iterable((name, *values) for name, values in lists))


def _refuse_nul(texts: Iterable[str]) -> None:
    if any("\0" in text for text in texts):
        raise SuspiciousOperation("NUL in a parameter")

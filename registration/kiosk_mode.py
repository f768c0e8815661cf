"""While the screen of an officer is turned to a citizen, the session opens that citizen's visit and
nothing else, until the officer's password is given.
"""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

HANDED_OVER = "counter-handed-over"
ALSO_OPEN = ("set_language", "account_logout")


def hand_over(request: HttpRequest, enrollment_id: uuid.UUID) -> None:
    request.session[HANDED_OVER] = str(enrollment_id)


def take_back(request: HttpRequest) -> None:
    request.session.pop(HANDED_OVER, None)


def is_handed_over(request: HttpRequest, enrollment_id: uuid.UUID) -> bool:
    return request.session.get(HANDED_OVER) == str(enrollment_id)


class HandedOverMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = request.session.get(HANDED_OVER)
        if held is None or self._is_open(request.path, held):
            return self.get_response(request)
        return redirect("counter:take_back", pk=held)

    @staticmethod
    def _is_open(path: str, held: str) -> bool:
        visit = reverse("counter:visit", args=[held])
        also = {reverse(name) for name in ALSO_OPEN}
        return path in {visit, f"{visit}status/", f"{visit}back/"} | also

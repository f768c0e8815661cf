"""While the screen of an officer is turned to a citizen, the session opens that citizen's visit and
nothing else, until the officer's password is given.
"""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

KIOSK = "counter-handed-over"
ALSO_OPEN = ("set_language", "account_logout")


def enter_kiosk_mode(request: HttpRequest, enrollment_id: uuid.UUID) -> None:
    request.session[KIOSK] = str(enrollment_id)


def exit_kiosk_mode(request: HttpRequest) -> None:
    request.session.pop(KIOSK, None)


def in_kiosk_mode(request: HttpRequest, enrollment_id: uuid.UUID) -> bool:
    return request.session.get(KIOSK) == str(enrollment_id)


class KioskModeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = request.session.get(KIOSK)
        if held is None or self._is_open(request.path, held):
            return self.get_response(request)
        return redirect("counter:leave_kiosk", pk=held)

    @staticmethod
    def _is_open(path: str, held: str) -> bool:
        visit = reverse("counter:visit", args=[held])
        also = {reverse(name) for name in ALSO_OPEN}
        return path in {visit, f"{visit}status/", f"{visit}back/"} | also

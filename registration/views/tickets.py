"""The cookie that keeps a place in line: of this browser alone, and readable by no script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registration.errors import HasToWait

KEPT_SECONDS = 7 * 24 * 3600


def ticket_of(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.TICKET_COOKIE_NAME, "")


def to_the_line(wait: HasToWait) -> HttpResponse:
    """To the page that shows the place, with the ticket kept by the browser."""
    answer = redirect("rollout:line")
    answer.set_cookie(
        settings.TICKET_COOKIE_NAME,
        wait.ticket,
        KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def without_ticket(answer: HttpResponse) -> HttpResponse:
    """It has been used; what the browser kept would only mislead."""
    answer.delete_cookie(settings.TICKET_COOKIE_NAME, samesite="Lax")
    return answer

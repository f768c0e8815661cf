"""What people and programs are told when something is refused or broken: what happened and what to
do. The pages of faults stand in both languages and need neither database nor session.
"""

import logging
import math
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import Throttled

from core.malformed import CANNOT_BE_HELD
from core.outages import RETRY_AFTER_SECONDS, is_outage
from core.problems import PROBLEM_TYPE
from core.rate_limit import Crowded, TooMany, give_back
from core.typing import StrOrPromise

logger = logging.getLogger(__name__)
SENTENCE_TOO_MUCH = _("This is more than can be sent at once.")
SENTENCE_MALFORMED = _("What was sent is wrong or incomplete.")
SENTENCE_UNAVAILABLE = _("This cannot be done just now. Please try again in a moment.")
SENTENCE_NOT_FOUND = _("The address may be misspelt, or the page is no longer there.")
SENTENCE_FORBIDDEN = _(
    "This page is for others, or your session has ended. Nothing of what you sent is lost."
)
SENTENCE_BUSY = _("Very many people ask at this moment. Please try again in some seconds.")
BUSY_FOR_SECONDS = 5
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

PAGES = {400: "400.html", 413: "413.html", 500: "500.html", 503: "503.html"}
PAGES_OF_STAFF = {403: "403_staff.html", 404: "404_staff.html", 429: "429_staff.html"}


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, or 429 when it was only too often, or by too many."""
    limited = isinstance(exception, TooMany)
    page = request.resolver_match.view_name if request.resolver_match else ""
    who = getattr(getattr(request, "user", None), "pk", None) or "nobody with an account"
    logger.warning("%s at %s by %s", "too many" if limited else "refused", page, who)
    if isinstance(exception, TooMany):
        return _too_many(request, exception)
    if _is_for_programs(request):
        return _fault(request, 403, "permission_denied", SENTENCE_FORBIDDEN)
    return render(request, _frame(request, 403), status=403)


def _too_many(request: HttpRequest, exception: TooMany) -> HttpResponse:
    if _is_for_programs(request):
        answer = _fault(request, 429, "throttled", str(Throttled.default_detail))
    else:
        context = {"retry_minutes": math.ceil(exception.wait / 60)}
        page = "crowded.html" if isinstance(exception, Crowded) else _frame(request, 429)
        answer = render(request, page, context, status=429)
    answer.headers["Retry-After"] = str(exception.wait)
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, in the words of whoever reads it."""
    if _is_for_programs(request):
        return _fault(request, 404, "not_found", SENTENCE_NOT_FOUND)
    return render(request, _frame(request, 404), status=404)


def _frame(request: HttpRequest, status: int) -> str:
    """Of staff or of citizens, who have no account; what is refused at the door has no user yet."""
    user = getattr(request, "user", None)
    is_staff = user is not None and user.is_authenticated
    return PAGES_OF_STAFF[status] if is_staff else f"{status}.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for too much at once."""
    if isinstance(exception, TOO_MUCH):
        return _fault(request, 413, "too_much", SENTENCE_TOO_MUCH)
    return _fault(request, 400, "malformed", SENTENCE_MALFORMED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled: the fault of whoever sent it, of what the portal
    stands on, or ours."""
    error = sys.exc_info()[1]
    if isinstance(error, CANNOT_BE_HELD):
        return bad_request(request)
    if is_outage(error):
        give_back()
        answer = _fault(request, 503, "unavailable", SENTENCE_UNAVAILABLE)
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer
    return _fault(request, 500, "error", _("Something went wrong on our side."))


def too_busy(request: HttpRequest) -> HttpResponse:
    """503 without having looked at what was asked: more come than can be answered."""
    answer = _fault(request, 503, "busy", SENTENCE_BUSY, page="busy.html")
    answer.headers["Retry-After"] = str(BUSY_FOR_SECONDS)
    # Counted in /metrics/; a line in the log for each would be load of its own.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's mark
    return answer


def _fault(
    request: HttpRequest, status: int, code: str, sentence: StrOrPromise, *, page: str = ""
) -> HttpResponse:
    if not _wants_problem(request):
        return HttpResponse(render_to_string(page or PAGES[status]), status=status)
    detail = str(sentence)
    told = {
        "type": f"urn:dopa:problem:{code}",
        "title": detail,
        "status": status,
        "detail": detail,
        "errors": [{"code": code, "detail": detail, "field": None}],
    }
    return JsonResponse(told, status=status, content_type=PROBLEM_TYPE)


def _wants_problem(request: HttpRequest) -> bool:
    """The API, and whoever takes JSON and no page."""
    accepted = request.META.get("HTTP_ACCEPT", "")
    return _is_for_programs(request) or ("json" in accepted and "html" not in accepted)


def _is_for_programs(request: HttpRequest) -> bool:
    """Whether the address has no page, whatever accepts its answer."""
    return request.path.startswith(("/api/", *settings.PROGRAMS_ASK))

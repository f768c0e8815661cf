"""Taking a case, giving it back, deciding it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from offices.access import officer_who
from registration.errors import Refused
from registration.forms import DecisionForm
from registration.models import Enrollment
from registration.services import review
from registration.states import State
from registration.views.review.case import case_context
from registration.views.review.reach import case_within_reach


@require_POST
@officer_who("decides")
def take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, lambda found: review.take_case(found, officer=request.user))


@require_POST
@officer_who("decides")
def release(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda found: review.release_case(found, officer=request.user),
        then="review:queue",
    )


@require_POST
@officer_who("decides")
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Decide, then go to the next case by the button on the queue's page."""
    enrollment = case_within_reach(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        context = case_context(request, enrollment) | {"form": form}
        return render(request, "review/case.html", context, status=422)
    try:
        decided = _decision(enrollment, request, form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("review:case", pk=pk)
    _tell(request, form.cleaned_data["move"], decided)
    return redirect("review:queue")


def _decision(enrollment: Enrollment, request: HttpRequest, data: dict) -> Enrollment:
    officer, message = request.user, data["message"]
    reasons = {"reason": data["reason"], "message": message}
    decisions = {
        "approve": lambda: review.approve_enrollment(enrollment, officer=officer),
        "reject": lambda: review.reject_enrollment(enrollment, officer=officer, **reasons),
        "ask_retake": lambda: review.ask_for_retake(enrollment, officer=officer, **reasons),
        "pass_to_second": lambda: review.pass_to_second_officer(
            enrollment, officer=officer, message=message
        ),
    }
    return decisions[data["move"]]()


def _tell(request: HttpRequest, move: str, decided: Enrollment) -> None:
    messages.success(
        request,
        _("%(reference)s: %(state)s.")
        % {"reference": decided.reference, "state": decided.get_state_display()},
    )
    if move == "approve" and decided.state == State.SECOND_REVIEW:
        messages.info(request, _("A check had failed, so a second officer looks at it too."))


def _act(request: HttpRequest, pk: uuid.UUID, action: Callable, *, then: str = "") -> HttpResponse:
    try:
        action(case_within_reach(request, pk))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(then) if then else redirect("review:case", pk=pk)

"""Taking a case, giving it back, deciding it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.typing import Cleaned, Context
from offices.access import officer_who
from offices.fresh import with_fresh_factor
from offices.requests import OfficerRequest
from registration.errors import Refused
from registration.models import Enrollment, ServedExercise
from registration.services import decisions, review
from registration.services.decisions import LONGEST_MESSAGE
from registration.services.holding import still_held
from registration.services.reassigning.plan import deciding_within
from registration.services.second_person import answer_second_person, ask_second_person
from registration.states import State
from registration.views.review.case import case_context
from registration.views.review.forms import DecisionForm, ReassignForm
from registration.views.review.passing import given_words, next_case
from registration.views.review.reach import case_within_reach
from registration.views.review.undoing import offer_undo


@require_POST
@officer_who("decides")
def take(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(request, pk, lambda found: review.take_case(found, officer=request.user))


@require_POST
@officer_who("decides")
def release(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda found: review.release_case(found, officer=request.user),
        then="review:queue",
    )


@require_POST
@officer_who("decides")
def hold(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The page's sign of life, or with `leaving` that it is closed; 409 once it is not mine. The
    answer tells of another case that was given meanwhile.
    """
    found = case_within_reach(request, pk)
    if not still_held(found, officer=request.user, leaving="leaving" in request.POST):
        return HttpResponse(status=409)
    return JsonResponse({"given": given_words(request.user)})


@require_POST
@officer_who("supervises")
@with_fresh_factor(back="review:case")
def reassign(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    form = ReassignForm(request.POST, colleagues=deciding_within(request.user))
    if not form.is_valid():
        messages.error(request, _("Please choose an officer and give a reason, without names."))
        return redirect("review:case", pk=pk)
    to, reason = form.cleaned_data["officer"], form.cleaned_data["reason"]
    return _act(
        request,
        pk,
        lambda found: review.reassign_case(found, to=to, by=request.user, reason=reason),
    )


@require_POST
@officer_who("supervises")
def reopen(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """Asks for it: a second person of another role opens the case."""
    why = request.POST.get("message", "")[:LONGEST_MESSAGE]
    return _act(
        request,
        pk,
        lambda found: ask_second_person(found, act="reopen", officer=request.user, message=why),
    )


@require_POST
@officer_who("decides")
def answer_second(request: OfficerRequest, pk: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    def answer(found: Enrollment) -> None:
        request_asked = get_object_or_404(found.second_person_requests, pk=asked)
        agreed = request.POST.get("answer") == "agree"
        answer_second_person(request_asked, officer=request.user, agreed=agreed)

    return _act(request, pk, answer)


@require_POST
@officer_who("decides")
def decide(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """Decide, then go on with the next case, or to the queue where the officer wants that."""
    enrollment = case_within_reach(request, pk)
    return decided(
        request,
        pk,
        decide=lambda data: _decision(enrollment, request, data),
        page=lambda: case_context(request, enrollment),
    )


def decided(
    request: OfficerRequest,
    pk: uuid.UUID,
    *,
    decide: Callable[[Cleaned], Enrollment | ServedExercise],
    page: Callable[[], Context],
) -> HttpResponse:
    """What an officer is answered; the same for a case and an exercise."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return render(request, "review/case.html", page() | {"form": form}, status=422)
    try:
        made = decide(form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("review:case", pk=pk)
    _tell(request, form.cleaned_data["move"], made)
    offer_undo(request, made)
    following = next_case(request) if form.cleaned_data["then"] == "next" else None
    return redirect("review:case", pk=following.pk) if following else redirect("review:queue")


def _decision(enrollment: Enrollment, request: OfficerRequest, data: Cleaned) -> Enrollment:
    officer, message = request.user, data["message"]
    if data["move"] == "approve":
        return decisions.approve_enrollment(enrollment, officer=officer)
    if data["move"] == "pass_to_second":
        return decisions.pass_to_second_officer(enrollment, officer=officer, message=message)
    decide = {"reject": decisions.reject_enrollment, "ask_retake": decisions.ask_for_retake}
    reasons = [reason.code for reason in data["reasons"]]
    return decide[data["move"]](enrollment, officer=officer, message=message, reasons=reasons)


def _tell(request: HttpRequest, move: str, decided: Enrollment | ServedExercise) -> None:
    takes_two = move == "approve" and decided.state == State.SECOND_REVIEW
    words = (
        _("%(reference)s: this approval takes two, so a second officer looks at it too.")
        if takes_two
        else _("%(reference)s: %(state)s.")
    )
    named = {"reference": decided.reference, "state": decided.get_state_display()}
    messages.success(request, words % named)


def _act(
    request: OfficerRequest,
    pk: uuid.UUID,
    action: Callable[[Enrollment], object],
    *,
    then: str = "",
) -> HttpResponse:
    try:
        action(case_within_reach(request, pk))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(then) if then else redirect("review:case", pk=pk)

"""What an officer does with an exercise, by the pages of a case."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.typing import Cleaned
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.errors import Refused
from registration.models import ServedExercise
from registration.services.exercises import deciding, hands, taking
from registration.services.exercises.seeing import see_exercise, see_picture
from registration.views.review.decisions import decided
from registration.views.review.exercise_page import exercise_context
from registration.views.review.faces import FACES, upright_face
from registration.views.review.passing import given_words
from registration.views.review.pictures import SHOWN_PICTURES, marked_picture
from registration.views.review.undoing import take_back


@require_GET
@officer_who("reads_cases")
def case(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    see_exercise(served, officer=request.user)
    return render(request, "review/case.html", exercise_context(request, served))


@require_POST
@officer_who("decides")
def take(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    return _act(request, served, lambda: taking.take_exercise(served, officer=request.user))


@require_POST
@officer_who("decides")
def release(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    return _act(
        request,
        served,
        lambda: deciding.release_exercise(served, officer=request.user),
        then="review:queue",
    )


@require_POST
@officer_who("decides")
def hold(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    leaving = "leaving" in request.POST
    mine = hands.sign_of_life(served, officer=request.user, leaving=leaving)
    return JsonResponse({"given": given_words(request.user)}) if mine else HttpResponse(status=409)


@require_POST
@officer_who("decides")
def decide(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    """As registration.views.review.decisions.decide."""
    return decided(
        request,
        served.pk,
        decide=lambda data: _answer(served, request, data),
        page=lambda: exercise_context(request, served),
    )


def _answer(served: ServedExercise, request: OfficerRequest, data: Cleaned) -> ServedExercise:
    return deciding.answer_exercise(
        served,
        data["move"],
        officer=request.user,
        reasons=[reason.code for reason in data["reasons"]],
        message=data["message"],
    )


@require_POST
@officer_who("decides")
def undo(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    return take_back(request, served.pk, lambda: deciding.undo_answer(served, officer=request.user))


@require_POST
@officer_who("decides")
def change(request: OfficerRequest, served: ServedExercise) -> HttpResponse:
    """As of a case that led to no digital ID, whatever was sent."""
    messages.error(request, _("Please choose a reason."))
    return redirect("review:case", pk=served.pk)


@require_GET
@officer_who("reads_cases")
def picture(request: OfficerRequest, served: ServedExercise, kind: str) -> HttpResponse:
    seen = None
    if kind in (*SHOWN_PICTURES, "bent"):
        seen = see_picture(served, kind, officer=request.user)
    if seen is None:
        raise Http404
    return marked_picture(request, seen)


@require_GET
@officer_who("reads_cases")
def face(request: OfficerRequest, served: ServedExercise, kind: str) -> HttpResponse:
    seen = see_picture(served, kind, officer=request.user) if kind in FACES else None
    found = upright_face(seen, kind) if seen else None
    if found is None:
        raise Http404
    return marked_picture(request, found)


def _act(
    request: OfficerRequest,
    served: ServedExercise,
    action: Callable[[], object],
    *,
    then: str = "",
) -> HttpResponse:
    try:
        action()
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(then) if then else redirect("review:case", pk=served.pk)

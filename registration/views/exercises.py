"""Exercises as officers of a province make them, answer each other's and end them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.errors import Refused
from registration.exercise_forms import AnswerForm, ExerciseForm
from registration.explanations import explain, in_memory
from registration.models import DecisionReason, Exercise, share_now
from registration.services.exercises import making
from registration.services.exercises.film import film_in
from registration.views.review.exercise_page import compared_fields, pictures_of
from registration.views.review.pictures import SHOWN_PICTURES, marked_picture
from verification.images import BadImage

NO_PICTURE = "no_picture"
LISTED = 200


@require_GET
@never_cache
@officer_who("sets_exercises")
def show_all(request: OfficerRequest) -> HttpResponse:
    exercises = list(Exercise.objects.select_related("made_by", "answered_by")[:LISTED])
    context = {"exercises": exercises, "share": share_now()}
    return render(request, "exercises/list.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
@officer_who("sets_exercises")
def make(request: OfficerRequest) -> HttpResponse:
    form = ExerciseForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = making.make_exercise(form.draft(), officer=request.user)
        except Refused as refusal:
            form.add_error("number", str(refusal.message))
        except (BadImage, ValueError):
            form.add_error("portrait", _("One of the files is no picture that can be read."))
        else:
            messages.success(request, _("Kept. It goes in once somebody else gives its answer."))
            return redirect("exercises:show", pk=made.pk)
    return render(
        request, "exercises/make.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
@never_cache
@officer_who("sets_exercises")
def show(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.select_related("made_by", "answered_by"), pk=pk)
    return _page(request, exercise, AnswerForm())


def _page(
    request: OfficerRequest, exercise: Exercise, form: AnswerForm, status: int = 200
) -> HttpResponse:
    """Whoever may yet answer it is not shown the answer."""
    _note(exercise, request, "case")
    answerable = exercise.is_open and exercise.answered_by_id is None
    kept = set(exercise.pictures.values_list("kind", flat=True))
    context = {
        "exercise": exercise,
        "blind": answerable and exercise.made_by_id != request.user.pk,
        "reason": DecisionReason.objects.filter(pk=exercise.reason).first(),
        "findings": [explain(one, {}) for one in in_memory(exercise.findings)],
        "fields": compared_fields(exercise) if exercise.person_sealed else [],
        "pictures": [one for one in pictures_of(exercise, kept) if one[0] in SHOWN_PICTURES],
        "form": form,
    }
    return render(request, "exercises/show.html", context, status=status)


@require_POST
@never_cache
@officer_who("sets_exercises")
def answer(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise.objects.select_related("made_by", "answered_by"), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, exercise, form, status=422)
    move, reason = form.cleaned_data["move"], form.cleaned_data["reason"]
    try:
        answered = making.answer_blind(
            exercise, officer=request.user, move=move, reason=reason.pk if reason else ""
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        same = _("You say the same as its maker: the exercise is in use.")
        another = _("You say something else than its maker: it does not go in.")
        messages.success(request, same if answered.agreed else another)
    return redirect("exercises:show", pk=pk)


@require_POST
@officer_who("sets_exercises")
def end(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    exercise = get_object_or_404(Exercise, pk=pk)
    try:
        making.end_exercise(exercise, actor=Actor.officer(request.user))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Ended. Pictures and data are deleted."))
    return redirect("exercises:list")


@require_GET
@never_cache
@officer_who("sets_exercises")
def picture(request: OfficerRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    exercise = get_object_or_404(Exercise, pk=pk)
    kept = making.exercise_picture(exercise, kind) if kind in SHOWN_PICTURES else None
    if kept is None:
        raise Http404
    _note(exercise, request, kind)
    seen = film_in(kept).sheet() if kind == "frames" else kept
    return marked_picture(request, required(seen, "a picture"))


def _note(exercise: Exercise, request: OfficerRequest, kind: str) -> None:
    record(Action.EXERCISE_VIEWED, exercise, actor=Actor.officer(request.user), kind=kind)

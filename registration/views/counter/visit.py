"""One registration at the counter: one address, and the page of the step that is due."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.services import Actor
from core.camera import with_camera
from core.required import required
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration import counter_forms, forms
from registration.confirm_form import ConfirmForm
from registration.errors import MoveNotAllowed, Refused
from registration.explanations import doubts_in_words
from registration.kiosk_mode import in_kiosk_mode
from registration.models import Channel, Enrollment
from registration.services import capture, counter
from registration.states import OPEN
from registration.steps import allowed_steps, current_step, running_stage
from registration.texts import CARD_PROBLEMS
from registration.views.counter import finish
from verification.images import BadImage

SHOWN = 50


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("registers")
def home(request: OfficerRequest) -> HttpResponse:
    """Begin with a citizen, or go on with one who was begun with."""
    form = counter_forms.CounterForm(request.POST or None, initial={"language": get_language()})
    if form.is_valid():
        try:
            data = form.cleaned_data
            begun = counter.begin_at_counter(
                officer=request.user, language=data["language"], renewal=data["renewal"]
            )
            return redirect("counter:visit", pk=begun.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    visits = _visits(request).filter(state__in=OPEN).order_by("-created_at")[:SHOWN]
    context = {"form": form, "visits": visits}
    return render(request, "counter/home.html", context, status=_status(form))


@with_camera
@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("registers")
def visit(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The step that is due; `?step=` goes back to one that may still be changed."""
    enrollment = visit_within_reach(request, pk)
    asked = request.GET.get("step")
    allowed = allowed_steps(enrollment, at_counter=True)
    name = asked if asked in allowed else current_step(enrollment, at_counter=True).name
    try:
        return PAGES.get(name, _state)(request, enrollment, name)
    except MoveNotAllowed:
        return redirect("counter:visit", pk=pk)


@require_safe
@never_cache
@officer_who("registers")
def status(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = visit_within_reach(request, pk)
    return JsonResponse(
        {
            "state": enrollment.state,
            "step": current_step(enrollment, at_counter=True).name,
            "stage": running_stage(enrollment),
            "next": reverse("counter:visit", args=[pk]),
        }
    )


@require_POST
@officer_who("registers")
def recapture(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    enrollment = visit_within_reach(request, pk)
    try:
        capture.recapture_card(enrollment, actor=Actor.officer(request.user))
    except MoveNotAllowed as refusal:
        messages.error(request, refusal.message)
    return redirect("counter:visit", pk=pk)


def visit_within_reach(request: OfficerRequest, pk: uuid.UUID) -> Enrollment:
    return get_object_or_404(_visits(request), pk=pk)


def _visits(request: OfficerRequest) -> QuerySet[Enrollment]:
    mine = Enrollment.objects.visible_to(request.user).select_related("office")
    return mine.filter(channel=Channel.OFFICE)


def _card(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    form = forms.CardSideForm(request.POST or None, request.FILES or None)
    side = name.removeprefix("card_")
    if form.is_valid():
        try:
            picture = form.cleaned_data["picture"].read()
            actor = Actor.signed_in(request)
            capture.add_card_side(enrollment, side=side, picture=picture, actor=actor)
            return redirect("counter:visit", pk=enrollment.pk)
        except BadImage as error:
            form.add_error("picture", error.message)
    step = current_step(enrollment, at_counter=True)
    problem = CARD_PROBLEMS.get(step.problem, "") if step.name == name else ""
    return _show(request, "counter/card.html", enrollment, form=form, side=side, problem=problem)


def _confirm(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    read = form = ConfirmForm.from_reading(required(enrollment.reading, "reading"))
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if form.is_valid():
            data, actor = form.cleaned_data["confirmed"], Actor.signed_in(request)
            try:
                capture.confirm_data(enrollment, data=data, actor=actor)
                return redirect("counter:visit", pk=enrollment.pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
    return _show(request, "counter/confirm.html", enrollment, form=form, doubtful=read.doubtful)


def _photo(request: OfficerRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    form = counter_forms.CounterPhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            counter.take_photo(
                enrollment,
                officer=request.user,
                photo=data["picture"].read(),
                identity_checked=data["identity_checked"],
            )
            return redirect("counter:visit", pk=enrollment.pk)
        except (BadImage, Refused) as error:
            form.add_error("picture", error.message)
    step = current_step(enrollment, at_counter=True)
    reason = enrollment.get_retake_reason_display() if step.name == "retake" else ""
    of_card = step.name == "retake" and "selfie" not in allowed_steps(enrollment, at_counter=True)
    return _show(
        request, "counter/photo.html", enrollment, form=form, reason=reason, of_card=of_card
    )


def _state(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    """Why an officer has to decide is for the officer: not on a screen turned to the citizen."""
    in_kiosk = in_kiosk_mode(request, enrollment.pk)
    waits = name == "waiting" and not in_kiosk
    doubts = doubts_in_words(enrollment) if waits else []
    return _show(request, "counter/status.html", enrollment, in_kiosk=in_kiosk, doubts=doubts)


def _show(
    request: HttpRequest,
    page: str,
    enrollment: Enrollment,
    form: Form | None = None,
    **context: object,
) -> HttpResponse:
    context |= {
        "form": form,
        "enrollment": enrollment,
        "step": current_step(enrollment, at_counter=True).name,
    }
    status = _status(form) if form is not None else 200
    return render(request, page, context, status=status)


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


PAGES: dict[str, Callable[[OfficerRequest, Enrollment, str], HttpResponse]] = {
    "card_front": _card,
    "card_back": _card,
    "confirm": _confirm,
    "selfie": _photo,
    "retake": _photo,
    "password": finish.password,
    "consent": finish.consent,
}

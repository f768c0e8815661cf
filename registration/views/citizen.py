"""The citizen's pages: one thing a page. A page shows a form, asks a service, goes to the next
page.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from audit.services import Actor
from core.camera import with_camera
from core.presses import press
from core.rate_limit import limited
from core.required import required
from core.typing import Context
from registration import forms
from registration.confirm_form import ConfirmForm
from registration.devices import device_class
from registration.errors import HasToWait, Refused
from registration.models import Channel, Enrollment, RetakeReason
from registration.rejection import last_day, rejection_text
from registration.retake_reason_text import machine_hint, retake_reason_text
from registration.retake_tips import tips_for, tries_left
from registration.services import capture, enrolling, notifications
from registration.services.gates import gates
from registration.services.help_codes import opened_at
from registration.services.housekeeping import kept_after
from registration.states import State
from registration.steps import current_step, running_stage
from registration.texts import CARD_PROBLEMS
from registration.views.answers import COME_LATER, problem, show
from registration.views.sessions import (
    OVER,
    citizen_step,
    enrollment_of,
    page_of,
    remember,
    session_over,
    was_taken_over,
)
from registration.views.tickets import ticket_of, to_the_line, without_ticket
from verification.images import BadImage

OTHER_WAYS = {"already_registered": "registration:renew", "nothing_to_renew": "registration:home"}


@login_not_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    enrollment = enrollment_of(request)
    going_on = enrollment if enrollment and enrollment.is_open else None
    context = {
        "enrollment": going_on,
        "go_on": page_of(going_on) if going_on else "",
        "taken_over": was_taken_over(request),
        "over": OVER in request.GET and going_on is None and not was_taken_over(request),
        "told": [told for gate in gates if (told := gate.entry_notice(channel=Channel.SELF))],
    }
    return render(request, "registration/home.html", context)


@login_not_required
@press(back="registration:home")
def start(request: HttpRequest) -> HttpResponse:
    """How many a network may begin is counted where tickets are drawn: whoever has one is called,
    and must not be kept out then.
    """
    try:
        enrollment, _token = enrolling.start_enrollment(
            channel=Channel.SELF,
            language=get_language() or settings.LANGUAGE_CODE,
            device=device_class(request.headers.get("User-Agent", "")),
            ticket=ticket_of(request),
        )
    except HasToWait as wait:
        return to_the_line(wait)
    except Refused as refusal:
        return problem(request, refusal)
    remember(request, enrollment)
    return without_ticket(redirect("registration:terms"))


@citizen_step("terms")
def terms(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    form = forms.TermsForm(request.POST or None, initial={"version": settings.TERMS_VERSION})
    if form.is_valid():
        try:
            return redirect(
                page_of(enrolling.accept_terms(enrollment, version=form.cleaned_data["version"]))
            )
        except Refused as refusal:
            if refusal.code in COME_LATER:
                return problem(request, refusal)
            form.add_error(None, refusal.message)
    return show(request, "terms", enrollment, form=form)


@with_camera
@limited("upload", per_citizen=True)
@citizen_step("card_front", "card_back")
def card(request: HttpRequest, enrollment: Enrollment, side: str) -> HttpResponse:
    form = forms.CardSideForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            kept = capture.add_card_side(
                enrollment, side=side, picture=form.cleaned_data["picture"].read()
            )
            return redirect(page_of(kept))
        except BadImage as error:
            form.add_error("picture", error.message)
    step = current_step(enrollment)
    problem = CARD_PROBLEMS.get(step.problem, "") if step.name == f"card_{side}" else ""
    return show(request, "card", enrollment, form=form, side=side, problem=problem)


@citizen_step("reading")
def reading(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return show(request, "reading", enrollment)


@citizen_step("confirm")
def confirm(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    read = ConfirmForm.from_reading(required(enrollment.reading, "reading"))
    form, contact_form = read, forms.ContactForm(request.POST or None)
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if all([form.is_valid(), contact_form.is_valid()]):  # both tell what is wrong
            try:
                confirmed = capture.confirm_data(enrollment, data=form.cleaned_data["confirmed"])
                _keep_contact(confirmed, contact_form)
                return redirect(page_of(confirmed))
            except Refused as refusal:
                if refusal.code in COME_LATER:
                    return problem(request, refusal)
                form.add_error(None, refusal.message)
    return show(
        request, "confirm", enrollment, form=form, contact_form=contact_form, doubtful=read.doubtful
    )


@press(back="registration:card_front")
@citizen_step("selfie", "retake", "card_again")
def recapture(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return redirect(page_of(capture.recapture_card(enrollment)))


@citizen_step("checking")
def checking(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return show(request, "checking", enrollment)


@citizen_step("retake")
def retake(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    of_card = RetakeReason(enrollment.retake_reason).concerns_card
    return show(
        request,
        "retake",
        enrollment,
        reason=retake_reason_text(enrollment),
        tips=tips_for(enrollment, machine_hint(enrollment)),
        left=0 if of_card else tries_left(enrollment),
        of_card=of_card,
    )


@citizen_step("waiting")
@limited("step", per_citizen=True)
def waiting(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    limited_view = enrollment.token_limited  # who came back by reference may not redirect the news
    form = forms.ContactForm(None if limited_view else request.POST or None)
    if form.is_valid():
        _keep_contact(enrollment, form)
        return redirect("registration:waiting")
    context: Context = {
        "contact": notifications.has_contact(enrollment),
        "appealed": enrollment.appealed,
    }
    return show(request, "waiting", enrollment, form=form, contact_form=form, **context)


def _keep_contact(enrollment: Enrollment, form: forms.ContactForm) -> None:
    channel, address = form.cleaned_data["contact"]
    if address:
        citizen = Actor.citizen(enrollment.pk)
        notifications.keep_contact(enrollment, channel=channel, address=address, actor=citizen)


@citizen_step("rejected")
def rejected(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    context: Context = {
        "message": rejection_text(enrollment),
        "other_way": OTHER_WAYS.get(enrollment.reject_reason, ""),
        "appealed": enrollment.appealed,
        "appeal_until": last_day(enrollment),
        "days_to_appeal": settings.APPEAL_WITHIN.days,
        "days_kept": kept_after(State.REJECTED).days,
    }
    return show(request, "rejected", enrollment, **context)


@citizen_step("expired")
def expired(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return show(request, "expired", enrollment, days=settings.ENROLLMENT_OPEN_FOR.days)


@login_not_required
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """What a page that waits asks every second: where things stand, and where to go."""
    enrollment = enrollment_of(request)
    if enrollment is None:
        return JsonResponse({"next": session_over()})
    return JsonResponse(
        {
            "state": enrollment.state,
            "step": current_step(enrollment).name,
            "stage": running_stage(enrollment),
            "agent_looked": opened_at(enrollment),
            "next": page_of(enrollment),
        }
    )

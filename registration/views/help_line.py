"""The pages of an agent of 1548: one search, one act, and the step behind a code. What is typed
travels in the body; addresses name rows that are this agent's alone.
"""

import uuid
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from core.presses import press
from identity.life import stop_of
from identity.models import DigitalID
from identity.numbers import mask_number
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.errors import Conflict, Refused, Unknown
from registration.help_line_forms import CodeForm, NumberForm, SuspendForm
from registration.help_step import help_step
from registration.models import HelpLook
from registration.services import help_codes, help_line

WRONG = 422
HOME = "help_line:home"


@require_safe
@never_cache
@officer_who("helps_callers")
def home(request: OfficerRequest) -> HttpResponse:
    return _home(request)


@never_cache
@sensitive_post_parameters("number")
@officer_who("helps_callers")
@press(back=HOME)
def search(request: OfficerRequest) -> HttpResponse:
    form = NumberForm(request.POST)
    if not form.is_valid():
        return _home(request, number_form=form, status=WRONG)
    try:
        found = help_line.look_up(form.cleaned_data["number"], agent=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _home(request, number_form=form, status=refusal.status)
    return redirect("help_line:look", found.pk)


@never_cache
@sensitive_post_parameters("code")
@officer_who("helps_callers")
@press(back=HOME)
def enter_code(request: OfficerRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _home(request, code_form=form, status=WRONG)
    try:
        opened = help_codes.open_code(form.cleaned_data["code"], agent=request.user)
    except Refused as refusal:
        form.add_error("code", str(refusal.message))
        return _home(request, code_form=form, status=refusal.status)
    return redirect("help_line:step", opened.pk)


@require_safe
@never_cache
@officer_who("helps_callers")
def look(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        found = help_line.open_look(pk, agent=request.user)
    except Unknown as refusal:
        return _over(request, refusal)
    return _look(request, found)


@never_cache
@sensitive_post_parameters("last_four")
@officer_who("helps_callers")
@press(back=HOME)
def suspend(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        found = help_line.open_look(pk, agent=request.user)
        form = SuspendForm(request.POST)
        if not form.is_valid():
            return _look(request, found, form=form, status=WRONG)
        help_line.suspend(pk, **form.cleaned_data, agent=request.user)
    except Unknown as refusal:
        return _over(request, refusal)
    except Conflict as refusal:
        messages.info(request, str(refusal.message))
        return redirect("help_line:look", pk)
    except Refused as refusal:
        form.add_error(None if refusal.code != "not_as_said" else "last_four", str(refusal.message))
        return _look(request, found, form=form, status=refusal.status)
    messages.success(request, _("Suspended. The holder is told that 1548 did it."))
    return redirect("help_line:look", pk)


@require_safe
@never_cache
@officer_who("helps_callers")
def step(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        enrollment = help_codes.seen_by(pk, agent=request.user)
    except Unknown as refusal:
        return _over(request, refusal)
    return render(request, "help_line/step.html", {"stands": help_step(enrollment)})


def _home(
    request: OfficerRequest,
    *,
    number_form: Form | None = None,
    code_form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "number_form": number_form or NumberForm(),
        "code_form": code_form or CodeForm(),
        "wrong": number_form or code_form,
    }
    return render(request, "help_line/home.html", context, status=status)


def _look(
    request: OfficerRequest, found: HelpLook, *, form: Form | None = None, status: int = 200
) -> HttpResponse:
    digital_id = help_line.found_by(found)
    context: dict[str, object] = {"look": found, "digital_id": digital_id}
    if digital_id is not None:
        context |= {
            "masked": mask_number(digital_id.holder.number),
            "since": _since(digital_id),
            "form": (form or SuspendForm()) if help_line.can_suspend(digital_id) else None,
        }
    return render(request, "help_line/look.html", context, status=status)


def _since(digital_id: DigitalID) -> datetime:
    stop = stop_of(digital_id)
    return stop.at if stop else digital_id.issued_at


def _over(request: OfficerRequest, refusal: Refused) -> HttpResponse:
    """Never was, is over, or is another agent's: the three are not told apart."""
    messages.info(request, str(refusal.message))
    return redirect(HOME)

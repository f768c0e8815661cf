"""Today's appointments at the own office; a scanned code opens the counter form."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appointments.forms import ScannedForm
from appointments.models import Appointment, AppointmentState
from appointments.services import counter
from core.camera import with_scanner
from core.presses import press
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.counter_forms import CounterForm
from registration.errors import Refused
from registration.models import Channel, Enrollment
from registration.states import WITH_OFFICERS


@require_safe
@never_cache
@with_scanner
@officer_who("registers")
def day(request: OfficerRequest) -> HttpResponse:
    return _list(request, ScannedForm())


@press(back="counter_appointments:list")
@never_cache
@with_scanner
@officer_who("registers")
def find(request: OfficerRequest) -> HttpResponse:
    form = ScannedForm(request.POST)
    if form.is_valid():
        try:
            found = counter.find_by_code(form.cleaned_data["code"], officer=request.user)
            return redirect("counter_appointments:appointment", pk=found.pk)
        except Refused as refusal:
            form.add_error("code", refusal.message)
    return _list(request, form)


@require_safe
@never_cache
@officer_who("registers")
def appointment(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(counter.of_office(request.user), pk=pk)
    counter.note_opened(found, officer=request.user)
    return _show(request, found, CounterForm(initial=_begins_with(found.enrollment)))


@require_POST
@never_cache
@officer_who("registers")
def begin(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The citizen is there: noted as come, and the registration at the counter begins."""
    found = get_object_or_404(counter.of_office(request.user), pk=pk)
    form = CounterForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            begun = counter.begin(
                found, officer=request.user, language=data["language"], renewal=data["renewal"]
            )
            return redirect("counter:visit", pk=begun.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return _show(request, found, form)


@require_POST
@officer_who("registers")
def mark(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(counter.of_office(request.user), pk=pk)
    try:
        counter.mark(found, request.POST.get("state", ""), officer=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("counter_appointments:appointment", pk=pk)


@require_safe
@never_cache
@officer_who("watches")
def figures(request: OfficerRequest) -> HttpResponse:
    days = settings.APPOINTMENTS_KEPT.days
    context = {"rows": counter.kept_of(request.user), "days": days}
    return render(request, "appointments/figures.html", context)


def _list(request: OfficerRequest, form: ScannedForm) -> HttpResponse:
    today = timezone.localdate()
    try:
        shown = date.fromisoformat(request.GET.get("day", str(today)))
    except ValueError as unreadable:
        raise Http404 from unreadable
    one = timedelta(days=1)
    shown = min(max(shown, today - one), today + 28 * one)  # what can be noted, what is opened
    context = {
        "form": form,
        "day": shown,
        "is_today": shown == today,
        "appointments": counter.listed(request.user, shown),
        "before": shown - one if shown >= today else None,
        "after": shown + one,
    }
    return render(request, "appointments/list.html", context, status=422 if form.is_bound else 200)


def _show(request: OfficerRequest, found: Appointment, form: CounterForm) -> HttpResponse:
    enrollment = found.enrollment
    context = {
        "appointment": found,
        "form": form,
        "visit": _within_reach(request, found.visit or enrollment, channel=Channel.OFFICE),
        "case": _within_reach(request, enrollment, state__in=WITH_OFFICERS),
        "can_come": counter.can_be_marked(found, AppointmentState.COME),
        "can_miss": counter.can_be_marked(found, AppointmentState.MISSED),
    }
    status = 422 if form.is_bound else 200
    return render(request, "appointments/appointment.html", context, status=status)


def _within_reach(
    request: OfficerRequest, enrollment: Enrollment | None, **asked: object
) -> Enrollment | None:
    if enrollment is None:
        return None
    mine = Enrollment.objects.visible_to(request.user)
    return mine.filter(pk=enrollment.pk, **asked).first()


def _begins_with(enrollment: Enrollment | None) -> dict[str, object]:
    if enrollment is None:
        return {"language": "th"}
    return {"language": enrollment.language, "renewal": enrollment.renewal}

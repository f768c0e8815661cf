"""The supervisor's page: the hours of the week, closed days, with reasons for the log."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appointments import forms
from appointments.models import ClosedDay, Hours
from appointments.services import opening
from core.presses import press
from core.required import required
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration.errors import Refused

BACK = "counter_appointments:hours"


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("manages_office")
def week(request: OfficerRequest) -> HttpResponse:
    form = forms.HoursForm(request.POST or None, initial={"minutes": 30, "counters": 1})
    if form.is_valid():
        line = form.save(commit=False)
        try:
            opening.add_hours(line, officer=request.user, reason=form.cleaned_data["reason"])
            return redirect(BACK)
        except Refused as refusal:
            form.add_error("begins", refusal.message)
    return _show(request, hours_form=form)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("manages_office")
def remove(request: OfficerRequest, pk: int) -> HttpResponse:
    office = required(request.user.office, "office")
    line = get_object_or_404(Hours, pk=pk, office=office)
    form = forms.OpenDayForm(request.POST or None)
    if form.is_valid():
        kept = opening.remove_hours(line, officer=request.user, reason=form.cleaned_data["reason"])
        if kept:
            said = ngettext(
                "%(count)s appointment outside the hours keeps its time.",
                "%(count)s appointments outside the hours keep their time.",
                kept,
            )
            messages.info(request, said % {"count": kept})
        return redirect(BACK)
    context = {"line": line, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "appointments/remove_hours.html", context, status=status)


@press(back=BACK)
@never_cache
@officer_who("manages_office")
def close(request: OfficerRequest) -> HttpResponse:
    """Twice, where somebody is booked on that day: the second press knows how many."""
    form = forms.ClosedDayForm(request.POST)
    if not form.is_valid():
        return _show(request, day_form=form)
    data, office = form.cleaned_data, required(request.user.office, "office")
    booked = opening.booked_on(office, data["day"]).count()
    if booked and data["expected"] != booked:
        again = forms.ClosedDayForm(
            initial={"day": data["day"], "reason": data["reason"], "expected": booked}
        )
        return _show(request, day_form=again, booked=booked, asked=data["day"])
    try:
        opening.close_day(data["day"], officer=request.user, reason=data["reason"], expected=booked)
    except Refused as refusal:
        form.add_error("day", refusal.message)
        return _show(request, day_form=form)
    return redirect(BACK)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("manages_office")
def open_again(request: OfficerRequest, pk: int) -> HttpResponse:
    office = required(request.user.office, "office")
    closed = get_object_or_404(ClosedDay, pk=pk, office=office)
    form = forms.OpenDayForm(request.POST or None)
    if form.is_valid():
        opening.open_day(closed, officer=request.user, reason=form.cleaned_data["reason"])
        return redirect(BACK)
    context = {"closed": closed, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "appointments/open_day.html", context, status=status)


def _show(
    request: OfficerRequest,
    *,
    hours_form: forms.HoursForm | None = None,
    day_form: forms.ClosedDayForm | None = None,
    **context: object,
) -> HttpResponse:
    office = required(request.user.office, "office")
    wrong = any(form is not None and form.is_bound for form in (hours_form, day_form))
    shown = hours_form or forms.HoursForm(initial={"minutes": 30, "counters": 1})
    context |= {
        "office": office,
        "lines": Hours.objects.filter(office=office),
        "closed_days": ClosedDay.objects.filter(office=office, day__gte=opening.today()),
        "hours_form": shown,
        "day_form": day_form or forms.ClosedDayForm(),
    }
    status = 422 if wrong else 200
    return render(request, "appointments/hours.html", context, status=status)

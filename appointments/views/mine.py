"""The own appointment: shown, put into a calendar, cancelled; opened elsewhere by its code."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from appointments import forms
from appointments.calendar_file import calendar_file
from appointments.services import booking
from appointments.services.codes import open_by_code
from appointments.views.sessions import code_of, held_by, hold
from core.guard.tries import origin_of_address
from core.presses import press
from core.qr import qr_path
from core.rate_limit import limited
from registration.errors import Refused
from registration.views.answers import problem


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code")
@limited("appointment")
def mine(request: HttpRequest) -> HttpResponse:
    """The appointment of this browser, or the form that opens one by reference and code."""
    form = forms.CodeForm(request.POST or None)
    if form.is_valid():
        try:
            found = open_by_code(**form.cleaned_data, origin=origin_of_address(request))
            hold(request, found, form.cleaned_data["code"])
            return redirect("appointments:mine")
        except Refused as refusal:
            form.add_error("code", refusal.message)
    held = None if form.is_bound else held_by(request)
    context: dict[str, object] = {"appointment": held, "form": form}
    if held is not None:
        # What follows the # is sent to no server: the reference stands in no log.
        address = f"{request.build_absolute_uri(reverse('counter_appointments:list'))}"
        context["qr"] = qr_path(f"{address}#{held.reference}")
        context["code"] = code_of(request, held)
    status = 422 if form.is_bound else 200
    return render(request, "appointments/mine.html", context, status=status)


@login_not_required
@press(back="appointments:mine")
@limited("appointment", per_citizen=True)
def cancel(request: HttpRequest) -> HttpResponse:
    held = held_by(request)
    if held is not None:
        try:
            booking.cancel(held)
        except Refused as refusal:
            return problem(request, refusal)
    return redirect("appointments:mine")


@login_not_required
@require_safe
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    held = held_by(request)
    if held is None or not held.is_ahead:
        raise Http404
    answer = HttpResponse(calendar_file(held), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer

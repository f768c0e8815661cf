"""Finding an office and choosing a time there: no script, no position, no ID number."""

from datetime import date, datetime

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appointments import forms
from appointments.models import Appointment, local
from appointments.services import booking
from appointments.services.finding import find_offices
from appointments.services.slots import free_times, next_free
from appointments.views.sessions import held_by, hold, is_known, owner_in
from core.rate_limit import limited
from offices.models import Office
from registration.errors import Refused

SHOWN = 20


@login_not_required
@require_safe
@never_cache
def offices(request: HttpRequest) -> HttpResponse:
    form = forms.FinderForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {"q": "", "province": ""}
    found = find_offices(said["q"], said["province"])
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    firsts = next_free([office.pk for office in page], known=is_known(request))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "asked": bool(said["q"].strip() or said["province"]),
        "page": page,
        "rows": [(office, firsts.get(office.pk)) for office in page],
        "query": f"{query.urlencode()}&" if query else "",
        "mine": _open(held_by(request)),
    }
    return render(request, "appointments/offices.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
@limited("appointment", per_citizen=True)
def office(request: HttpRequest, code: str) -> HttpResponse:
    """The free days and times of an office; the press books one, or moves the one there is."""
    where = get_object_or_404(Office, pk=code)
    mine = _open(held_by(request))
    form = forms.TimeForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["moving"] == (str(mine.pk) if mine else ""):
            try:
                _book_or_move(request, where, form.cleaned_data["time"], mine)
                return redirect("appointments:mine")
            except Refused as refusal:
                form.add_error("time", refusal.message)
        else:
            return redirect("appointments:mine")  # it is booked, moved or gone since
    context = _choice(request, where) | {"form": form, "mine": mine}
    status = 422 if form.is_bound else 200
    return render(request, "appointments/office.html", context, status=status)


def _book_or_move(
    request: HttpRequest, where: Office, starts_at: datetime, mine: Appointment | None
) -> None:
    if mine is not None:
        booking.move(mine, where, starts_at)
    else:
        hold(request, *booking.book(where, starts_at, owner=owner_in(request)))


def _choice(request: HttpRequest, where: Office) -> dict[str, object]:
    """The days that have free times, each with how many, and the times of the chosen one."""
    by_day: dict[date, list[datetime]] = {}
    for moment in free_times(where.pk, known=is_known(request)):
        by_day.setdefault(local(moment).date(), []).append(local(moment))
    asked = request.GET.get("day", "")
    chosen = next((day for day in by_day if day.isoformat() == asked), next(iter(by_day), None))
    return {
        "office": where,
        "days": [(day, len(times)) for day, times in by_day.items()],
        "chosen": chosen,
        "times": by_day[chosen] if chosen else [],
    }


def _open(appointment: Appointment | None) -> Appointment | None:
    return appointment if appointment is not None and appointment.is_ahead else None

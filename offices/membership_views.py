"""Pages about several offices: in which of them I act, and asking for or ending a further one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from offices import forms, memberships
from offices.access import home_of, officer_who
from offices.fresh import with_fresh_factor
from offices.lever_views import begin_change
from offices.models import Membership, Office, Officer
from offices.reach import may_ask_about, offices_of, people_seen_by
from offices.reasons import reason_in
from offices.requests import OfficerRequest
from offices.rights_lever import JOINS


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("registers")
def acting(request: OfficerRequest) -> HttpResponse:
    """In which of the own offices I act; another one takes one press."""
    if request.method == "POST":
        return _act_in(request, request.POST.get("office", ""))
    context = {"offices": offices_of(request.user)}
    return render(request, "people/acting.html", context)


def _act_in(request: OfficerRequest, office_code: str) -> HttpResponse:
    try:
        memberships.act_in(request.user, office_code)
    except Membership.DoesNotExist as error:
        raise Http404 from error
    except memberships.NotNow as refusal:
        messages.error(request, refusal.message)
        return redirect("people:acting")
    office = Office.objects.get(pk=office_code)
    messages.success(request, _("You act in %(office)s now.") % {"office": office.name})
    return redirect(home_of(request.user))


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("manages_office")
def join(request: OfficerRequest) -> HttpResponse:
    """A supervisor asks for an officer of another office, whom only the address names."""
    form = forms.AddressForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data | {JOINS: request.user.office_id}
        return begin_change(request, "staff", "", wanted)
    status = 422 if form.is_bound else 200
    return render(request, "people/join.html", {"form": form}, status=status)


@require_POST
@officer_who("sends_people_out")
def further(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """A further office for somebody in reach, asked for here and agreed by a second person."""
    officer = seen_person(request, pk)
    form = forms.FurtherOfficeForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["office"].as_text())
        return redirect("people:person", pk=pk)
    wanted = {JOINS: form.cleaned_data["office"].pk}
    lever = "staff" if may_ask_about(request.user, officer) else "rights"
    return begin_change(request, lever, str(officer.pk), wanted)


@require_POST
@officer_who("sends_people_out")
@with_fresh_factor(back="people:person")
def end_membership(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """For one alone, like switching off: what takes away must not wait."""
    officer = seen_person(request, pk)
    office = get_object_or_404(Office, pk=request.POST.get("office", ""))
    if (reason := reason_in(request)) is None:
        return redirect("people:person", pk=pk)
    memberships.end_membership(officer, office=office, by=request.user, reason=reason)
    messages.success(request, _("This person no longer works for %(office)s.") % {"office": office})
    still = Officer.objects.filter(people_seen_by(request.user), pk=pk).exists()
    return redirect("people:person", pk=pk) if still else redirect("people:list")


def seen_person(request: OfficerRequest, pk: uuid.UUID) -> Officer:
    """Somebody out of reach is as if there were nobody."""
    return get_object_or_404(Officer.objects.filter(people_seen_by(request.user)), pk=pk)

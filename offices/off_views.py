"""Signing somebody out, and switching accounts off: an officer's by one, anybody else's by two or
for a day.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from offices import people as services
from offices.access import officer_who
from offices.fresh import with_fresh_factor
from offices.lever_views import begin_change
from offices.levers import LeverRefused
from offices.membership_views import seen_person
from offices.off_lever import OFF, STATE, hold_account
from offices.reasons import reason_in
from offices.requests import OfficerRequest
from offices.roles import Role


@require_POST
@officer_who("manages_people")
@with_fresh_factor(back="people:person")
def end_all_sessions(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    officer = seen_person(request, pk)
    if (reason := reason_in(request)) is None:
        return redirect("people:person", pk=pk)
    services.end_sessions(officer, by=request.user, reason=reason)
    messages.success(request, _("The officer is signed out everywhere."))
    return redirect("people:person", pk=pk)


@require_POST
@officer_who("sends_people_out")
@with_fresh_factor(back="people:person")
def suspend(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """For one alone: what takes away must not wait for a second person."""
    if (reason := reason_in(request)) is None:
        return redirect("people:person", pk=pk)
    officer = seen_person(request, pk)
    services.suspend_officer(officer, by=request.user, reason=reason)
    messages.success(request, _("The account is switched off and signed out everywhere."))
    return redirect("people:person", pk=pk)


@require_POST
@officer_who("manages_people")
@with_fresh_factor(back="people:person")
def switch_off(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """Of whoever is no officer: asked for, or done at once for a day and asked to be confirmed."""
    officer = seen_person(request, pk)
    if officer.role == Role.OFFICER or officer.pk == request.user.pk:
        raise PermissionDenied
    if "at_once" not in request.POST:
        return begin_change(request, "off", str(officer.pk), {STATE: OFF})
    if (reason := reason_in(request)) is None:
        return redirect("people:person", pk=pk)
    try:
        hold_account(officer, by=request.user, reason=reason)
    except LeverRefused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, _("The account is switched off for a day. Another administrator confirms it.")
        )
    return redirect("people:person", pk=pk)

"""Pages about the people who work here: who they are, inviting, rights, links, sessions."""

import uuid

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.rate_limit import limited
from core.typing import Cleaned, Context, Json
from offices import forms
from offices import people as services
from offices.access import officer_who
from offices.fresh import unsent
from offices.lever_forms import ReasonForm
from offices.lever_views import begin_change
from offices.lockout import locked_until
from offices.models import Officer
from offices.reach import (
    is_the_offices_affair,
    may_end_membership,
    may_send_out,
    offices_of,
    people_seen_by,
)
from offices.requests import OfficerRequest, officer_of
from offices.rights_lever import FACTOR_LOST, LINK, PASSWORD_LOST
from offices.roles import Role

PAGE_SIZE = 50


@require_GET
@never_cache
@officer_who("reads_people")
def people(request: HttpRequest) -> HttpResponse:
    form = forms.PeopleFilter(request.GET)
    found = _seen_by(officer_of(request)).order_by("name", "pk")
    if form.is_valid():
        text, role = form.cleaned_data["text"], form.cleaned_data["role"]
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
        found = found.filter(role=role) if role else found
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    filters = {name: request.GET[name] for name in ("text", "role") if request.GET.get(name)}
    query = urlencode(filters) + "&" if filters else ""
    return render(request, "people/list.html", {"form": form, "page": page, "query": query})


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("asks_for_changes")
def invite(request: OfficerRequest) -> HttpResponse:
    if request.user.manages_office:
        return _invite_here(request)
    form = forms.InvitationForm(request.POST or None)
    if form.is_valid():
        return begin_change(request, "rights", "", _plain(form.cleaned_data))
    return render(request, "people/invite.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("reads_people")
def person(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    officer = _officer(request, pk)
    if request.user.manages_office:
        return _person_here(request, officer)
    if request.method == "GET":
        form = forms.RightsForm(instance=officer)
        return _show_person(request, officer, form)
    form = forms.RightsForm(request.POST, instance=_officer(request, pk))
    if not form.is_valid():
        return _show_person(request, officer, form)
    return _ask_about(request, officer, _plain(form.cleaned_data))


@require_POST
@officer_who("manages_people")
def link(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    form = forms.LinkForm(request.POST)
    lost = FACTOR_LOST if form.is_valid() and form.cleaned_data["second_factor_lost"] else ""
    return _ask_about(request, _officer(request, pk), {LINK: lost or PASSWORD_LOST})


@require_POST
@officer_who("sends_people_out")
def reinstate(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    officer, wanted = _officer(request, pk), {"is_active": True}
    if request.user.manages_office:
        return begin_change(request, "staff", str(officer.pk), wanted)
    return _ask_about(request, officer, wanted)


@require_POST
def end_own_session(request: OfficerRequest, pk: int) -> HttpResponse:
    if not services.end_sessions(request.user, by=request.user, only=pk):
        raise Http404
    return redirect("usersessions_list")


@login_not_required
@never_cache
@limited("password")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the link changes nothing; the password uses it up."""
    form = forms.FirstPasswordForm(request.POST or None)
    try:
        officer = services.open_invitation(secret).officer
        if form.is_valid():
            services.accept_invitation(secret, password=form.cleaned_data["first"])
            messages.success(request, _("Your password is set. Please sign in with it."))
            return redirect("account_login")
    except services.InvitationGone:
        return render(request, "people/link_gone.html", status=404)
    except ValidationError as error:
        form.add_error("first", error)
    context = {"form": form, "officer": officer}
    return render(request, "people/accept.html", context, status=_status(form))


def _invite_here(request: OfficerRequest) -> HttpResponse:
    """A supervisor asks for an officer of the own office, and for nothing else."""
    form = forms.OwnOfficeForm(request.POST or None)
    if form.is_valid():
        fixed = {"role": Role.OFFICER.value, "office": request.user.office_id}
        return begin_change(request, "staff", "", form.cleaned_data | fixed)
    return render(request, "people/invite.html", {"form": form}, status=_status(form))


def _person_here(request: OfficerRequest, officer: Officer) -> HttpResponse:
    form = forms.MoveForm(request.POST or None, province_code=request.user.province_code)
    if form.is_valid():
        wanted = {"office": form.cleaned_data["office"].pk}
        return begin_change(request, "staff", str(officer.pk), wanted)
    return _show_person(request, officer, form)


def _seen_by(viewer: Officer) -> QuerySet[Officer]:
    return Officer.objects.select_related("office").filter(people_seen_by(viewer))


def _officer(request: OfficerRequest, pk: uuid.UUID) -> Officer:
    """Somebody elsewhere is as if there were nobody."""
    return get_object_or_404(_seen_by(request.user), pk=pk)


def _show_person(request: OfficerRequest, officer: Officer, form: BaseForm) -> HttpResponse:
    typed = unsent(request)
    context = {
        "officer": officer,
        "form": form,
        "may_wake": request.user.manages_people or is_the_offices_affair(officer),
        "link_form": forms.LinkForm(),
        "reason_form": ReasonForm(initial=typed),
        "sessions_form": ReasonForm(initial=typed, auto_id="sessions_%s"),
        "may_change": _may_change(request.user, officer),
        "takes_two": officer.role != Role.OFFICER,
        **_offices(request.user, officer),
        "sessions": UserSession.objects.filter(user=officer).count(),
        "locked_until": locked_until(officer),
        "invitation": officer.invitations.order_by("-created_at").first(),
    }
    return render(request, "people/person.html", context, status=_status(form))


def _may_change(viewer: Officer, officer: Officer) -> bool:
    above = viewer.manages_people or may_send_out(viewer, officer)
    return viewer.pk != officer.pk and above


def _offices(viewer: Officer, officer: Officer) -> Context:
    """Where the person works, and of which of these the viewer may end the membership."""
    rows = [
        (office, viewer.pk != officer.pk and may_end_membership(viewer, officer, office.pk))
        for office in offices_of(officer)
    ]
    several = len(rows) > 1
    further = forms.FurtherOfficeForm(auto_id="further_%s")
    return {"offices": rows, "several": several, "further_form": further}


def _ask_about(request: OfficerRequest, officer: Officer, wanted: Json) -> HttpResponse:
    """Nobody gives access to oneself, and an auditor gives none."""
    if not request.user.manages_people or request.user.pk == officer.pk:
        raise PermissionDenied
    return begin_change(request, "rights", str(officer.pk), wanted)


def _plain(cleaned: Cleaned) -> Json:
    """As the lever keeps it: an office by its code."""
    return cleaned | {"office": cleaned["office"].pk if cleaned["office"] else None}


def _status(form: BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200

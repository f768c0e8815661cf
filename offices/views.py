"""Pages about the people who work here: who they are, inviting, rights, links, sessions."""

import uuid

import segno
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.rate_limit import limited
from offices import forms
from offices import people as services
from offices.access import officer_who
from offices.lockout import locked_until
from offices.models import Officer

PAGE_SIZE = 50


@require_GET
@never_cache
@officer_who("reads_people")
def people(request: HttpRequest) -> HttpResponse:
    form = forms.PeopleFilter(request.GET)
    found = Officer.objects.select_related("office").order_by("name", "pk")
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
@officer_who("manages_people")
def invite(request: HttpRequest) -> HttpResponse:
    form = forms.InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            officer, secret = services.invite_officer(**form.cleaned_data, by=request.user)
            return _show_link(request, officer, secret)
        except ValidationError as error:
            # Somebody else has just invited the same address.
            form.add_error(None, error.messages)
    return render(request, "people/invite.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("reads_people")
def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    officer = _officer(pk)
    if request.method == "GET":
        form = forms.RightsForm(instance=officer)
        return _show_person(request, officer, form)
    form = forms.RightsForm(request.POST, instance=_officer(pk))
    if not form.is_valid():
        return _show_person(request, officer, form)
    services.change_rights(officer, **form.cleaned_data, by=request.user)
    messages.success(request, _("The rights have been changed."))
    return redirect("people:person", pk=pk)


@require_POST
@officer_who("manages_people")
def link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    officer, form = _officer(pk), forms.LinkForm(request.POST)
    if not form.is_valid():
        return redirect("people:person", pk=pk)
    return _show_link(
        request, officer, services.renew_link(officer, by=request.user, **form.cleaned_data)
    )


@require_POST
@officer_who("manages_people")
def suspend(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    services.suspend_officer(_officer(pk), by=request.user)
    messages.success(request, _("The account is switched off and signed out everywhere."))
    return redirect("people:person", pk=pk)


@require_POST
@officer_who("manages_people")
def reinstate(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    services.reinstate_officer(_officer(pk), by=request.user)
    messages.success(request, _("The account is switched on again."))
    return redirect("people:person", pk=pk)


@require_POST
@officer_who("manages_people")
def end_all_sessions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    services.end_sessions(_officer(pk), by=request.user)
    messages.success(request, _("The officer is signed out everywhere."))
    return redirect("people:person", pk=pk)


@require_POST
def end_own_session(request: HttpRequest, pk: int) -> HttpResponse:
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


def _officer(pk: uuid.UUID) -> Officer:
    return get_object_or_404(Officer.objects.select_related("office"), pk=pk)


def _show_person(request: HttpRequest, officer: Officer, form: forms.RightsForm) -> HttpResponse:
    context = {
        "officer": officer,
        "form": form,
        "link_form": forms.LinkForm(),
        "may_change": request.user.manages_people and request.user.pk != officer.pk,
        "sessions": UserSession.objects.filter(user=officer).count(),
        "locked_until": locked_until(officer),
        "invitation": officer.invitations.order_by("-created_at").first(),
    }
    return render(request, "people/person.html", context, status=_status(form))


def _show_link(request: HttpRequest, officer: Officer, secret: str) -> HttpResponse:
    """The only time the link is seen: what is kept of it is a hash."""
    address = request.build_absolute_uri(reverse("people:accept", args=[secret]))
    qr = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4)
    return render(request, "people/link.html", {"officer": officer, "link": address, "qr": qr})


def _status(form: forms.forms.Form) -> int:
    return 422 if form.is_bound and form.errors else 200

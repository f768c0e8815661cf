"""The end of a visit: the citizen's password, on the office's device or on the own phone."""

import uuid

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from audit.services import Actor
from core.qr import qr_path
from offices import lockout
from offices.access import officer_who
from offices.requests import OfficerRequest
from registration import counter_forms, forms
from registration.errors import Refused
from registration.kiosk_mode import enter_kiosk_mode, exit_kiosk_mode, in_kiosk_mode
from registration.models import Channel, Enrollment
from registration.services import activation, enrolling
from registration.states import State

LINKED = (State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED)


def password(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    if not in_kiosk_mode(request, enrollment.pk):
        return _choose(request, enrollment, name)
    form = forms.PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            activation.set_password_at_counter(enrollment, **form.cleaned_data)
            return redirect("counter:visit", pk=enrollment.pk)
        except Refused as refusal:
            form.add_error("second", refusal.message)
        except ValidationError as error:
            form.add_error("first", error)
    return _show(request, "counter/password.html", enrollment, form)


def consent(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    """Without a device: the office's computer must not hold the key of a citizen's digital ID."""
    if not in_kiosk_mode(request, enrollment.pk):
        return _choose(request, enrollment, name)
    form = forms.ConsentForm(request.POST or None)
    if form.is_valid():
        try:
            activation.give_consent_at_counter(enrollment, password=form.cleaned_data["password"])
            return redirect("counter:visit", pk=enrollment.pk)
        except Refused as refusal:
            form.add_error("password", refusal.message)
    return _show(request, "counter/consent.html", enrollment, form)


@require_POST
@officer_who("registers")
def enter_kiosk(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    enter_kiosk_mode(request, _passed(request, pk).pk)
    return redirect("counter:visit", pk=pk)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("password")
@officer_who("registers")
def leave_kiosk(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The officer's own password, counted like a sign-in's."""
    enrollment, form = _passed(request, pk), counter_forms.OfficerPasswordForm(request.POST or None)
    if form.is_valid():
        email = request.user.email
        if not lockout.count_try(request, email):
            form.add_error("password", _("Too many tries. Please wait a while."))
        elif request.user.check_password(form.cleaned_data["password"]):
            lockout.take_back_try(request, email)
            exit_kiosk_mode(request)
            return redirect("counter:visit", pk=pk)
        else:
            form.add_error("password", _("This is not your password."))
    context = {"enrollment": enrollment, "form": form}
    return render(request, "counter/leave_kiosk.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
@officer_who("registers")
def link(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """A link for one use with which the citizen goes on, or opens the digital ID, on the phone."""
    enrollment = _passed(request, pk)
    secret = enrolling.open_handoff(enrollment, actor=Actor.officer(request.user))
    address = request.build_absolute_uri(reverse("registration:take_handoff", args=[secret]))
    context = {"enrollment": enrollment, "link": address, "qr": qr_path(address)}
    return render(request, "counter/link.html", context)


def _choose(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    return render(request, "counter/choose.html", {"enrollment": enrollment, "step": name})


def _passed(request: OfficerRequest, pk: uuid.UUID) -> Enrollment:
    mine = Enrollment.objects.visible_to(request.user).filter(channel=Channel.OFFICE)
    return get_object_or_404(mine, pk=pk, state__in=LINKED)


def _show(request: HttpRequest, page: str, enrollment: Enrollment, form: Form) -> HttpResponse:
    """In the language of the citizen, who now sits before the screen."""
    context = {"enrollment": enrollment, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    with override(enrollment.language):
        return render(request, page, context, status=status)

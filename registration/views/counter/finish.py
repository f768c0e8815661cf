"""The end of a visit: the citizen's password, on the office's device or on the own phone."""

import uuid

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from audit.services import Actor
from offices.access import officer_who
from registration import forms
from registration.errors import Refused
from registration.models import Channel, Enrollment
from registration.services import activation, enrolling
from registration.states import State
from registration.views.coming_back import qr_path

LINKED = (State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED)


def password(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    form = forms.PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            activation.set_password(enrollment, **form.cleaned_data)
            return redirect("counter:visit", pk=enrollment.pk)
        except Refused as refusal:
            form.add_error("second", refusal.message)
        except ValidationError as error:
            form.add_error("first", error)
    return _show(request, "counter/password.html", enrollment, form)


def consent(request: HttpRequest, enrollment: Enrollment, name: str) -> HttpResponse:
    """Without a device: the office's computer must not hold the key of a citizen's digital ID."""
    form = forms.ConsentForm(request.POST or None)
    if form.is_valid():
        try:
            activation.give_consent(
                enrollment, password=form.cleaned_data["password"], device_key=None
            )
            return redirect("counter:visit", pk=enrollment.pk)
        except Refused as refusal:
            form.add_error("password", refusal.message)
    return _show(request, "counter/consent.html", enrollment, form)


@require_POST
@never_cache
@officer_who("registers")
def link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A link for one use with which the citizen goes on, or opens the digital ID, on the phone."""
    mine = Enrollment.objects.visible_to(request.user).filter(channel=Channel.OFFICE)
    enrollment = get_object_or_404(mine, pk=pk, state__in=LINKED)
    secret = enrolling.open_handoff(enrollment, actor=Actor.officer(request.user))
    address = request.build_absolute_uri(reverse("registration:take_handoff", args=[secret]))
    context = {"enrollment": enrollment, "link": address, "qr": qr_path(address)}
    return render(request, "counter/link.html", context)


def _show(request: HttpRequest, page: str, enrollment: Enrollment, form: Form) -> HttpResponse:
    """In the language of the citizen, who now sits before the screen."""
    context = {"enrollment": enrollment, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    with override(enrollment.language):
        return render(request, page, context, status=status)

"""The citizen's last steps: the password, the consent, the success."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.rate_limit import limited
from identity.sessions import device_of, unlock
from registration import forms
from registration.errors import Refused
from registration.models import Enrollment
from registration.services import activation
from registration.services.renewing import possible_from
from registration.states import State
from registration.views.citizen import show
from registration.views.sessions import citizen_step, page_of


@limited("password", per_citizen=True)
@citizen_step("password", "consent")
def password(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    form = forms.ProvenPasswordForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(page_of(activation.set_password(enrollment, **form.cleaned_data)))
        except Refused as refusal:
            form.add_error("second", refusal.message)
        except ValidationError as error:
            form.add_error("first", error)
    return show(request, "password", enrollment, form=form)


@limited("password", per_citizen=True)
@citizen_step("consent")
def consent(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    form = forms.ProvenConsentForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            activated, device = activation.give_consent(
                enrollment,
                password=data["password"],
                proof=data["proof"],
                device_name=browser_name(request),
            )
            if activated.state != State.ACTIVATED:
                return redirect(page_of(activated))
            unlock(request, digital_id=activated.digital_id, device=device)
            return redirect(page_of(activated))
        except Refused as refusal:
            form.add_error("password", refusal.message)
    return show(request, "consent", enrollment, form=form, waits=possible_from(enrollment))


@citizen_step("done")
def done(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return show(request, "done", enrollment, device=device_of(request))


def browser_name(request: HttpRequest) -> str:
    """A name the citizen recognises: the kind of device, no fingerprint."""
    agent = request.headers.get("User-Agent", "")
    known = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return next((name for name in known if name in agent), "Browser")

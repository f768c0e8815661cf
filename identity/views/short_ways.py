"""Opening faster on this device: fingerprint or face, and a PIN, set up for the password."""

import uuid
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.passkey_pages import may_add_passkey
from core.presses import press
from core.rate_limit import limited
from core.typing import Page
from identity import passkeys, pins, sessions
from identity.devices import devices_of
from identity.forms import PasswordForm, PinForm
from identity.models import Device, DigitalID
from identity.presentation import device_that_proves_itself
from identity.short_ways import TABLES, remove_way, ways_of
from identity.unlocking import CHALLENGE, holder_only, refused

NEW = "new_passkey_challenge"


def confirmed_only(view: Page) -> Page:
    """For the device of this browser, after the password was entered for this; others are led to
    where it is asked for.
    """

    @holder_only
    @wraps(view)
    def guarded(
        request: HttpRequest, digital_id: DigitalID, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        device = sessions.device_of(request)
        if device is None or not sessions.confirmed_lately(request):
            return redirect("identity:short_ways")
        return view(request, digital_id, device, *args, **kwargs)

    return guarded


@may_add_passkey
@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def short_ways(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """The password first; then, for a few minutes, what is set up with it."""
    device = sessions.device_of(request)
    if device is None:
        return redirect("identity:devices")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refusal = refused(request, digital_id, form.cleaned_data["password"])
        if not refusal:
            sessions.confirm(request)
            return redirect("identity:short_ways")
        form.add_error("password", refusal)
    return _show(request, device, form=form)


def _show(
    request: HttpRequest,
    device: Device,
    *,
    form: PasswordForm | None = None,
    pin_form: PinForm | None = None,
) -> HttpResponse:
    context = {
        "device": device,
        "ways": ways_of(device),
        "confirmed": sessions.confirmed_lately(request),
        "form": form or PasswordForm(),
        "pin_form": pin_form or PinForm(),
    }
    wrong = any(one and one.is_bound for one in (form, pin_form))
    return render(request, "identity/short_ways.html", context, status=422 if wrong else 200)


@may_add_passkey
@press(back="identity:short_ways")
@confirmed_only
def set_pin(request: HttpRequest, digital_id: DigitalID, device: Device) -> HttpResponse:
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            pins.set_pin(digital_id, device, **form.cleaned_data)
            messages.success(request, _("From now on your PIN opens on this device."))
            return redirect("identity:short_ways")
        except ValidationError as wrong:
            form.add_error("second" if wrong.code == "pins_differ" else "first", wrong)
    return _show(request, device, pin_form=form)


@press(back="identity:short_ways")
@limited("unlock", per_citizen=True)
@confirmed_only
def ask_to_add(request: HttpRequest, digital_id: DigitalID, device: Device) -> HttpResponse:
    request.session[NEW], options = passkeys.ask_to_add(device)
    return JsonResponse(options)


@press(back="identity:short_ways")
@confirmed_only
def add_passkey(request: HttpRequest, digital_id: DigitalID, device: Device) -> HttpResponse:
    challenge, answer = request.session.pop(NEW, ""), request.POST.get("passkey", "")
    try:
        passkeys.add_passkey(digital_id, device, challenge=challenge, answer=answer)
        messages.success(request, _("From now on fingerprint or face opens on this device."))
    except passkeys.PasskeyRefused:
        messages.error(request, _("It could not be set up. Please try again."))
    return redirect("identity:short_ways")


@press(back="identity:devices")
@holder_only
def remove(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID, way: str) -> HttpResponse:
    """Of any of the holder's devices; taking away needs no password."""
    device = get_object_or_404(devices_of(digital_id), pk=pk)
    if way not in TABLES:
        raise Http404
    remove_way(digital_id, device, way)
    messages.success(request, _("It no longer opens on this device."))
    return redirect("identity:devices")


@login_not_required
@never_cache
@press(back="identity:unlock")
@limited("unlock", per_citizen=True)
def ask_to_open(request: HttpRequest) -> HttpResponse:
    """What the device's passkey is asked; 404 where no device proves itself, or has none."""
    device = device_that_proves_itself(request.POST.get("proof", "")[:2000])
    asked = passkeys.ask_to_open(device) if device else None
    if asked is None:
        return JsonResponse({}, status=404)
    request.session[CHALLENGE], options = asked
    return JsonResponse(options)

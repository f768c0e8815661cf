"""The door of a page: who is let in, and who is asked for the password, the PIN or the passkey."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from core.typing import Page
from identity import sessions
from identity.forms import UnlockForm
from identity.models import Device, DigitalID
from identity.passkeys import PasskeyRefused, open_by_passkey
from identity.passwords import PasswordRefused, try_password
from identity.pins import PinOver, PinRefused, try_pin
from identity.presentation import device_that_proves_itself
from identity.sessions import How

CHALLENGE = "passkey_challenge"


def holder_only(view: Page) -> Page:
    """For the unlocked digital ID of this browser; others are asked for the password."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        digital_id = sessions.unlocked_by(request)
        if digital_id is None:
            return redirect("identity:unlock")
        return view(request, digital_id, *args, **kwargs)

    return guarded


def unlocks(request: HttpRequest, form: UnlockForm) -> bool:
    """Unlock by what the form brings. Where it stays locked, the form says why."""
    if not form.is_valid():
        return False
    if form.cleaned_data["passkey"]:
        return _by_passkey(request, form)
    return (_by_pin if form.cleaned_data["pin"] else _by_password)(request, form)


def _by_passkey(request: HttpRequest, form: UnlockForm) -> bool:
    """The challenge is of this session, and made for a device that had proved itself."""
    challenge, answer = request.session.pop(CHALLENGE, ""), form.cleaned_data["passkey"]
    try:
        device = open_by_passkey(challenge=challenge, answer=answer)
    except PasskeyRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    sessions.unlock(request, digital_id=device.digital_id_id, device=device, how=How.PASSKEY)
    return True


def _by_pin(request: HttpRequest, form: UnlockForm) -> bool:
    device = device_that_proves_itself(form.cleaned_data["proof"])
    try:
        try_pin(device, form.cleaned_data["pin"])
    except PinRefused as refusal:
        form.pin_over = isinstance(refusal, PinOver)
        form.add_error("password" if form.pin_over else "pin", str(refusal))
        return False
    if device is None:  # which is refused
        return False
    sessions.unlock(request, digital_id=device.digital_id_id, device=device, how=How.PIN)
    return True


def _by_password(request: HttpRequest, form: UnlockForm) -> bool:
    """The session's digital ID; without one in the session, the one that the device's key names."""
    digital_id, device = sessions.held_by(request), None
    if digital_id is None:
        device = device_that_proves_itself(form.cleaned_data["proof"])
        digital_id = device.digital_id if device else None
    refusal = refused(request, digital_id, form.cleaned_data["password"], device=device)
    if refusal or digital_id is None:
        form.add_error("password", refusal)
        return False
    sessions.unlock(request, digital_id=digital_id.pk, device=device)
    return True


def refused(
    request: HttpRequest,
    digital_id: DigitalID | None,
    password: str,
    *,
    device: Device | None = None,
) -> str:
    """Why the password does not open the digital ID; empty if it does."""
    if digital_id is None:
        return str(UnlockForm.UNKNOWN)
    try:
        try_password(digital_id, password, origin=sessions.origin_of(request, device=device))
    except PasswordRefused as refusal:
        return str(refusal)
    return ""

"""The password at a page's door: who is let in, and who is asked for it."""

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
from identity.passwords import PasswordRefused, try_password
from identity.presentation import device_that_proves_itself


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
    """Unlock the session's digital ID for its password; without one in the session, the one that
    the device's key names. Where it stays locked, the form says why.
    """
    if not form.is_valid():
        return False
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

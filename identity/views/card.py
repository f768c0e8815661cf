"""Showing the digital ID on the citizen's phone, and checking one that is shown."""

import time
from base64 import urlsafe_b64encode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_safe

from audit.services import Actor
from core.camera import with_scanner
from core.passkey_pages import may_open_by_passkey
from core.presses import press
from core.rate_limit import limited
from core.storage import read_sealed
from core.typing import StrOrPromise
from identity import sessions
from identity.credential.passes import passes_of
from identity.credential.sd_jwt import AGES
from identity.forms import BindForm, UnlockForm
from identity.inbox import unread
from identity.life import stop_of
from identity.models import Device, DigitalID, DigitalIDStatus
from identity.numbers import mask_number
from identity.presentation import LIFETIME_SECONDS, Purpose
from identity.services import bind_device
from identity.short_ways import ways_of
from identity.unlocking import holder_only, refused, unlocks

SUSPENDED = DigitalIDStatus.SUSPENDED
# Until the holder chooses otherwise a code shows the least (static/js/code-screen.js remembers).
LEAST_FIRST = [(one.value, one.label) for one in (Purpose.AGE, Purpose.PHOTO, Purpose.ALL)]


def show_card(request: HttpRequest, digital_id: DigitalID, form: BindForm) -> HttpResponse:
    holder, device = digital_id.holder, sessions.device_of(request)
    context = {
        "digital_id": digital_id,
        "holder": holder,
        "names": holder.full_names,
        "masked_number": mask_number(holder.number),
        "device": device,
        "unread": unread(digital_id),
        "stop": stop_of(digital_id) if digital_id.effective_status == SUSPENDED else None,
        "form": form,
        "purposes": purposes_with_passes(digital_id, device),
        "ways": ways_of(device) if device else [],
        "now": int(time.time()),
        "lifetime": LIFETIME_SECONDS,
        "idle": sessions.IDLE_SECONDS,
        "unlocked_for": sessions.unlocked_seconds_left(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "identity/card.html", context, status=status)


def purposes_with_passes(
    digital_id: DigitalID, device: Device | None
) -> list[tuple[str, StrOrPromise, str]]:
    """Value, label, and the pass the device's codes carry: empty where it can show none."""
    passes = {}
    if device is not None and digital_id.effective_status == DigitalIDStatus.ACTIVE:
        device.digital_id = digital_id
        passes = passes_of(device)
    return [
        (value, label, urlsafe_b64encode(passes.get(value, b"")).rstrip(b"=").decode())
        for value, label in LEAST_FIRST
    ]


@require_GET
@holder_only
def card(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    return show_card(request, digital_id, BindForm())


@require_GET
@holder_only
def photo(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    if not digital_id.portrait:  # one of the pilot's
        raise Http404
    return HttpResponse(read_sealed(digital_id.portrait), content_type="image/jpeg")


@press(back="identity:card")
@limited("password", per_citizen=True)
@holder_only
def bind(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """Let this browser show the digital ID, for the password."""
    form = BindForm(request.POST)
    if form.is_valid():
        refusal = refused(request, digital_id, form.cleaned_data["password"])
        if not refusal:
            device = bind_device(
                digital_id,
                public_key=form.cleaned_data["device_key"],
                name=browser_name(request),
                actor=Actor.citizen(digital_id.enrollment_id),
            )
            sessions.unlock(request, digital_id=digital_id.pk, device=device)
            return redirect("identity:card")
        form.add_error("password", refusal)
    return show_card(request, digital_id, form)


@may_open_by_passkey
@login_not_required
@never_cache
@limited("unlock", per_citizen=True)
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password of the session's digital ID, or a short way; without a session, the
    device's key says which one it is.
    """
    form = UnlockForm(request.POST or None)
    if unlocks(request, form):
        return redirect("identity:card")
    context = {
        "form": form,
        "held": sessions.held_by(request) is not None,
        "device": sessions.device_of(request),
        "now": int(time.time()),
    }
    return render(request, "identity/unlock.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_not_required
@cache_control(max_age=0)
def offline_card(request: HttpRequest) -> HttpResponse:
    """Opens what the device itself keeps; the same page for everybody."""
    context = {
        "form": UnlockForm(),
        "purposes": [(value, label, "") for value, label in LEAST_FIRST],
        "lifetime": LIFETIME_SECONDS,
        "idle": sessions.IDLE_SECONDS,
        "unlocked_for": sessions.UNLOCKED_FOR_SECONDS,
    }
    return render(request, "identity/offline_card.html", context)


@login_not_required
@press(back="identity:unlock")
def lock(request: HttpRequest) -> HttpResponse:
    sessions.lock(request)
    return redirect("identity:unlock")


@require_GET
@login_not_required
@never_cache
@with_scanner
def check(request: HttpRequest) -> HttpResponse:
    """Opened by scanning a shown code: the code rides in the fragment, which no server log ever
    sees.
    """
    return render(
        request, "identity/check.html", {"ages": AGES, "api": reverse("identity_api:check")}
    )


def browser_name(request: HttpRequest) -> str:
    """A name the citizen recognises: the kind of device, no fingerprint."""
    agent = request.headers.get("User-Agent", "")
    known = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    return next((name for name in known if name in agent), "Browser")

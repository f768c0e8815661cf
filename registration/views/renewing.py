"""Where a holder begins to have the digital ID issued anew; the steps are those of a first time."""

import time
import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.guard.tries import origin_of_address
from core.rate_limit import limited
from identity import sessions
from identity.models import DigitalID
from identity.presentation import device_that_proves_itself
from registration.devices import device_class
from registration.errors import Refused
from registration.forms import RenewForm
from registration.models import Channel
from registration.services import renewing, stopping
from registration.services.enrolling import start_enrollment
from registration.views.sessions import enrollment_of, page_of, remember


def _proven(request: HttpRequest, form: RenewForm) -> tuple[str, uuid.UUID] | None:
    return renewing.prove_former(**form.cleaned_data, origin=origin_of_address(request))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("start")
def renew(request: HttpRequest) -> HttpResponse:
    """A GET explains; the press begins. No gate of the rollout stands before a renewal."""
    form = RenewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _begin(request, former=_proven(request, form))
        except Refused as refusal:
            form.add_error("password", refusal.message)
    begun = enrollment_of(request)
    going_on = page_of(begun) if begun and begun.renewal and begun.is_open else ""
    context = {"going_on": going_on, "form": form, "now": int(time.time())}
    status = 422 if form.errors else 200
    return render(request, "registration/renew.html", context, status=status)


def _begin(request: HttpRequest, *, former: tuple[str, uuid.UUID] | None) -> HttpResponse:
    enrollment, _token = start_enrollment(
        channel=Channel.SELF,
        language=get_language() or settings.LANGUAGE_CODE,
        device=device_class(request.headers.get("User-Agent", "")),
        renewal=True,
        former=former,
    )
    remember(request, enrollment)
    return redirect("registration:terms")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("step")
def stop(request: HttpRequest) -> HttpResponse:
    """The holder's own device says no to a replacement: one press, no password."""
    done, failed = False, False
    if request.method == "POST":
        digital_id = _of_this_browser(request)
        done = digital_id is not None and stopping.stop_replacement(digital_id)
        failed = not done
    context = {"done": done, "failed": failed, "form": RenewForm(), "now": int(time.time())}
    status = 422 if failed else 200
    return render(request, "registration/stop_replacement.html", context, status=status)


def _of_this_browser(request: HttpRequest) -> DigitalID | None:
    """The digital ID that this browser has unlocked, or whose device it proves to be."""
    if unlocked := sessions.unlocked_by(request):
        return unlocked
    device = device_that_proves_itself(request.POST.get("proof", "")[:2000])
    return device.digital_id if device else None

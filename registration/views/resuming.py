"""The holder puts a suspended digital ID in force again: devices looked through, a fresh selfie."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.camera import with_face_guide
from core.presses import press
from core.rate_limit import limited
from core.typing import Cleaned
from identity import sessions
from identity.devices import devices_of, remove_device
from identity.life import stop_of
from identity.models import DigitalID
from identity.unlocking import holder_only
from registration.errors import Refused
from registration.forms import SelfieForm
from registration.retake_tips import tips_of_check
from registration.services import resuming
from registration.steps import stage_of
from registration.texts import RESUME_REASONS
from registration.views.selfie import settled, told
from verification.images import BadImage

Ours = Callable[..., HttpResponseBase]


def where_it_stands(request: HttpRequest, digital_id: DigitalID) -> str:
    """The page that is due: to explain, or to wait for the answer."""
    if resuming.standing_of(digital_id).obstacle == "being_checked":
        return reverse("registration:resume_checking")
    return reverse("registration:resume_id")


@require_GET
@holder_only
def resume_id(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """What happened and what can be done; first the devices, one of which may be in other hands."""
    standing = resuming.standing_of(digital_id)
    if standing.obstacle == "not_suspended":
        return redirect("identity:card")
    if standing.obstacle == "being_checked":
        return redirect("registration:resume_checking")
    context = {
        "digital_id": digital_id,
        "stop": stop_of(digital_id),
        "devices": devices_of(digital_id),
        "this": sessions.device_of(request),
        **words_of(standing),
    }
    return render(request, "registration/resume_id.html", context)


def words_of(standing: resuming.Standing) -> Cleaned:
    return {
        "obstacle": resuming.OBSTACLES.get(standing.obstacle, ""),
        "failed": RESUME_REASONS.get(standing.failed, ""),
        "tips": tips_of_check(standing.failed),
        "left": standing.left,
    }


@press(back="registration:resume_id")
@holder_only
def remove(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID) -> HttpResponse:
    device = get_object_or_404(devices_of(digital_id), pk=pk)
    if device == sessions.device_of(request):
        sessions.leave_device(request)
    remove_device(digital_id, device)
    messages.success(request, _("The device is removed. Its codes are refused from now on."))
    return redirect("registration:resume_id")


def while_possible(view: Ours) -> Ours:
    """A page of the selfie: whoever cannot hand one in now is led to the page that says why."""

    @wraps(view)
    def placed(request: HttpRequest, digital_id: DigitalID) -> HttpResponseBase:
        if resuming.standing_of(digital_id).obstacle:
            return redirect(where_it_stands(request, digital_id))
        return view(request, digital_id)

    return placed


@require_http_methods(["GET", "POST"])
@with_face_guide
@limited("upload", per_citizen=True)
@holder_only
@while_possible
def selfie(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    form = SelfieForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        handed_in = form.handed_in()
        del handed_in["device_key"]  # nothing is bound by it
        try:
            resuming.hand_in_resume(digital_id, **handed_in)
            return redirect("registration:resume_checking")
        except (BadImage, Refused) as error:
            form.add_error("selfie", error.message)
    context = {"form": form, **words_of(resuming.standing_of(digital_id))}
    status = 422 if form.is_bound else 200
    return render(request, "registration/resume_selfie.html", context, status=status)


@require_POST
@limited("upload", per_citizen=True)
@holder_only
def challenge(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    return told(lambda: resuming.ask_turns(digital_id))


@require_POST
@limited("upload", per_citizen=True)
@holder_only
def challenge_step(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    return told(lambda: resuming.settle_turn(digital_id, **settled(request)))


@require_GET
@holder_only
def checking(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    if resuming.standing_of(digital_id).obstacle != "being_checked":
        return redirect("registration:resume_id")
    return render(request, "registration/resume_checking.html")


@require_GET
@holder_only
def status(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """What the page that waits asks every second (static/js/follow.js)."""
    check = resuming.open_check(digital_id)
    if check is not None:
        return JsonResponse({"step": "resume_checking", "stage": stage_of(check.pk), "next": ""})
    return JsonResponse({"step": "", "stage": "", "next": reverse("registration:resume_id")})

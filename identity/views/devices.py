"""The holder's devices, a further one, and a lost one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.guard.tries import origin_of_address
from core.presses import press
from core.qr import qr_path
from core.rate_limit import limited
from identity import sessions
from identity.devices import devices_of, is_open, open_link, remove_device, rename_device, use_link
from identity.forms import DeviceNameForm, LostForm
from identity.lost_device import suspend_lost
from identity.models import DigitalID
from identity.passwords import PasswordRefused
from identity.short_ways import with_ways
from identity.unlocking import holder_only

LINK = "device_link"


@require_GET
@holder_only
def devices(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    context = {"devices": with_ways(devices_of(digital_id)), "this": sessions.device_of(request)}
    return render(request, "identity/devices.html", context)


@press(back="identity:devices")
@holder_only
def rename(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID) -> HttpResponse:
    device, form = get_object_or_404(devices_of(digital_id), pk=pk), DeviceNameForm(request.POST)
    if form.is_valid():
        rename_device(digital_id, device, name=form.cleaned_data["name"])
        messages.success(request, _("The name is changed."))
    else:
        messages.error(request, _("Please give the device a name of up to 60 characters."))
    return redirect("identity:devices")


@require_http_methods(["GET", "POST"])
@holder_only
def remove(request: HttpRequest, digital_id: DigitalID, pk: uuid.UUID) -> HttpResponse:
    device = get_object_or_404(devices_of(digital_id), pk=pk)
    if request.method == "POST":
        if device == sessions.device_of(request):
            sessions.leave_device(request)
        remove_device(digital_id, device)
        messages.success(request, _("The device is removed. Its codes are refused from now on."))
        return redirect("identity:devices")
    context = {"device": device, "this": sessions.device_of(request)}
    return render(request, "identity/remove_device.html", context)


@require_http_methods(["GET", "POST"])
@holder_only
def add(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """A press makes the link; the page shows it as long as it is good, however often it is read."""
    if request.method == "POST":
        request.session[LINK] = open_link(digital_id)
        return redirect("identity:add_device")
    secret = request.session.get(LINK, "")
    if not is_open(secret):
        return redirect("identity:devices")
    address = reverse("identity:join", args=[secret])
    link = request.build_absolute_uri(address)
    return render(request, "identity/add_device.html", {"link": link, "qr": qr_path(link)})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("resume")
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET only asks; the press uses the link up, and the password is asked for after it."""
    digital_id = use_link(secret) if request.method == "POST" else None
    if digital_id is not None:
        sessions.hold(request, digital_id=digital_id)
        return redirect("identity:unlock")
    over = request.method == "POST" or not is_open(secret)
    return render(request, "identity/join.html", {"over": over}, status=410 if over else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited("lost")
def lost(request: HttpRequest) -> HttpResponse:
    form = LostForm(request.POST if request.method == "POST" else None)
    done = noted = False
    if form.is_valid():
        try:
            done = suspend_lost(**form.cleaned_data, origin=origin_of_address(request))
            noted = not done
        except PasswordRefused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    context = {"form": form, "done": done, "noted": noted}
    return render(request, "identity/lost.html", context, status=status)

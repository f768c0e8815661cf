"""The digital ID a browser has unlocked: for a quarter of an hour, then the password again."""

import time
import uuid

from django.http import HttpRequest

from identity.models import Device, DigitalID

HOLDER, UNLOCKED_AT, DEVICE = "digital_id", "digital_id_unlocked", "device"
UNLOCKED_FOR_SECONDS = 15 * 60


def unlock(request: HttpRequest, *, digital_id: uuid.UUID, device: Device | None = None) -> None:
    request.session[HOLDER] = str(digital_id)
    request.session[UNLOCKED_AT] = time.time()
    if device is not None:
        request.session[DEVICE] = str(device.pk)


def held_by(request: HttpRequest) -> DigitalID | None:
    """The digital ID of this browser, unlocked or not."""
    key = request.session.get(HOLDER)
    return DigitalID.objects.filter(pk=key).first() if key else None


def is_unlocked(request: HttpRequest) -> bool:
    return time.time() - request.session.get(UNLOCKED_AT, 0) < UNLOCKED_FOR_SECONDS


def device_of(request: HttpRequest) -> str:
    """The id of the device key this browser was bound with, or an empty string."""
    return request.session.get(DEVICE, "")

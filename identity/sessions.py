"""The digital ID a browser has unlocked: for a quarter of an hour, then it is opened again."""

import time
import uuid
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists
from django.http import HttpRequest

from core.guard.tries import Origin, origin_of_address
from identity.models import Device, DigitalID
from identity.passwords import OF_DEVICE

HOLDER, UNLOCKED_AT, DEVICE = "digital_id", "digital_id_unlocked", "device"
HOW, CONFIRMED_AT = "digital_id_unlocked_by", "digital_id_confirmed"
KEPT = "kept_unlocked"
UNLOCKED_FOR_SECONDS = 15 * 60
IDLE_SECONDS = 3 * 60
CONFIRMED_FOR_SECONDS = 5 * 60


class How(StrEnum):
    """By what it was unlocked."""

    PASSWORD = "password"  # noqa: S105 - the word for it
    PASSKEY = "passkey"
    PIN = "pin"


def unlock(
    request: HttpRequest,
    *,
    digital_id: uuid.UUID,
    device: Device | None = None,
    how: How = How.PASSWORD,
) -> None:
    request.session.cycle_key()
    request.session[HOLDER] = str(digital_id)
    request.session[UNLOCKED_AT] = time.time()
    request.session[HOW] = how.value
    request.session.pop(CONFIRMED_AT, None)
    if device is not None:
        request.session[DEVICE] = str(device.pk)


def hold(request: HttpRequest, *, digital_id: uuid.UUID) -> None:
    """Let this browser ask for the digital ID's password; nothing opens before that."""
    request.session[HOLDER] = str(digital_id)
    request.session.pop(DEVICE, None)
    lock(request)


def lock(request: HttpRequest) -> None:
    for key in (UNLOCKED_AT, CONFIRMED_AT):
        request.session.pop(key, None)


def confirm(request: HttpRequest) -> None:
    """The holder has entered the password just now, for what is set up next."""
    request.session[HOW] = How.PASSWORD.value
    request.session[CONFIRMED_AT] = time.time()


def confirmed_lately(request: HttpRequest) -> bool:
    since = time.time() - request.session.get(CONFIRMED_AT, 0)
    by_password = request.session.get(HOW) == How.PASSWORD
    return by_password and 0 <= since <= CONFIRMED_FOR_SECONDS


def held_by(request: HttpRequest) -> DigitalID | None:
    """The digital ID of this browser, unlocked or not; none where the browser's device was removed:
    what was taken away does not come back for the password.
    """
    key = request.session.get(HOLDER)
    found = DigitalID.objects.filter(pk=key) if key else DigitalID.objects.none()
    if device := request.session.get(DEVICE):
        counted = Device.objects.filter(pk=device, digital_id=key, removed_at=None)
        found = found.filter(Exists(counted))
    return found.first()


def leave_device(request: HttpRequest) -> None:
    """The holder removed this very device: the browser stays the holder's for the password."""
    request.session.pop(DEVICE, None)


def unlocked_by(request: HttpRequest) -> DigitalID | None:
    """The digital ID that this browser has unlocked lately, under the password it still has, and
    that was not locked from another browser since.
    """
    digital_id = held_by(request) if unlocked_seconds_left(request) else None
    if digital_id is None:
        return None
    ends = [digital_id.password_since]
    if digital_id.others_locked_at and request.session.get(KEPT) != _mark(digital_id):
        ends.append(digital_id.others_locked_at)
    locked = any(end and request.session[UNLOCKED_AT] < end.timestamp() for end in ends)
    return None if locked else digital_id


def keep_unlocked(request: HttpRequest, locked_at: datetime) -> None:
    """This browser has locked the others: it stays open for the rest of its time, and no longer."""
    request.session[KEPT] = locked_at.isoformat()


def _mark(digital_id: DigitalID) -> str:
    locked_at = digital_id.others_locked_at
    return locked_at.isoformat() if locked_at else ""


def unlocked_seconds_left(request: HttpRequest) -> int:
    since = time.time() - request.session.get(UNLOCKED_AT, 0)
    return max(0, int(UNLOCKED_FOR_SECONDS - since))


def origin_of(request: HttpRequest, *, device: Device | None = None) -> Origin:
    """Whence the password is tried: a device that shows the digital ID, or an address."""
    known = device or device_of(request)
    return origin_of_device(known) if known else origin_of_address(request)


def origin_of_device(device: Device) -> Origin:
    return Origin(f"{OF_DEVICE}{device.pk}", known=True)


def device_of(request: HttpRequest) -> Device | None:
    """The device this browser was bound as, if its digital ID still counts it."""
    key, holder = request.session.get(DEVICE), request.session.get(HOLDER)
    if key is None or holder is None:
        return None
    return Device.objects.filter(pk=key, digital_id=holder, removed_at=None).first()

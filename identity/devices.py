"""The devices of a digital ID: named, added by a link from one that is bound, removed."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.guard import once
from identity.models import Device, DigitalID, NoticeKind
from identity.notifications import notify_holder
from identity.short_ways import end_short_ways

LINK, LINK_LASTS = "device-link", timedelta(minutes=10)


def devices_of(digital_id: DigitalID) -> QuerySet[Device]:
    """Those that can show it now, the oldest first."""
    mine = Device.objects.filter(number_key=digital_id.number_key, digital_id=digital_id.pk)
    return mine.filter(removed_at=None).order_by("bound_at", "pk")


@transaction.atomic
def rename_device(digital_id: DigitalID, device: Device, *, name: str) -> None:
    devices_of(digital_id).filter(pk=device.pk).update(name=name)
    _record(Action.DEVICE_RENAMED, digital_id, device=str(device.pk))


@transaction.atomic
def remove_device(digital_id: DigitalID, device: Device) -> None:
    """From now on nothing that it signs is accepted. Twice is as good as once."""
    if devices_of(digital_id).filter(pk=device.pk).update(removed_at=timezone.now()):
        end_short_ways(digital_id, why="device", device=device)
        _record(Action.DEVICE_REMOVED, digital_id, device=str(device.pk))
        notify_holder(digital_id, NoticeKind.DEVICE_REMOVED, device=str(device.pk))


@transaction.atomic
def open_link(digital_id: DigitalID) -> str:
    """A secret for one use within ten minutes, with which another browser asks for the password.

    Only its hash is kept: whoever loses it makes another.
    """
    secret = secrets.token_urlsafe(24)
    once.issue(LINK, secret, digital_id.pk, lasts=LINK_LASTS)
    _record(Action.HANDOFF_OPENED, digital_id)
    return secret


def use_link(secret: str) -> uuid.UUID | None:
    """The digital ID the link was made for; None for one that is used, too old, or made up."""
    return once.redeem(LINK, secret)


def is_open(secret: str) -> bool:
    """Whether the link is good still; asking does not use it up."""
    return bool(secret) and once.is_issued(LINK, secret)


def _record(action: Action, digital_id: DigitalID, **details: str) -> None:
    actor = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    record(action, digital_id, actor=actor, **details)

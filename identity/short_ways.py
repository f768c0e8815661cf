"""The short ways of a device into the digital ID: which it has, and how they end."""

import uuid
from collections.abc import Iterable
from typing import TypeAlias

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from audit.actions import Action
from audit.services import Actor, record
from identity.models import Device, DigitalID, NoticeKind, Passkey, Pin
from identity.notifications import notify_holder

PASSKEY, PIN = "passkey", "pin"
Way: TypeAlias = type[Passkey] | type[Pin]
TABLES: dict[str, Way] = {PASSKEY: Passkey, PIN: Pin}
ENDS: dict[Way, Action] = {Passkey: Action.PASSKEY_REMOVED, Pin: Action.PIN_REMOVED}
TOLD_AS: dict[Way, NoticeKind] = {Passkey: NoticeKind.PASSKEY_REMOVED, Pin: NoticeKind.PIN_REMOVED}


def ways_of(device: Device) -> list[str]:
    return [name for name, way in TABLES.items() if way.objects.filter(device=device.pk).exists()]


def with_ways(devices: QuerySet[Device]) -> QuerySet[Device]:
    """The same, each with `has_passkey` and `has_pin`."""
    of_this = {"device": OuterRef("pk")}
    return devices.annotate(
        has_passkey=Exists(Passkey.objects.filter(**of_this)),
        has_pin=Exists(Pin.objects.filter(**of_this)),
    )


@transaction.atomic
def remove_way(digital_id: DigitalID, device: Device, way: str) -> bool:
    """The holder wants it no more; whether there was one. Twice is as good as once."""
    table = TABLES[way]
    ended = _end(table, digital_id, [device.pk], why="removed")
    if ended:
        notify_holder(digital_id, TOLD_AS[table], device=str(device.pk))
    return ended


@transaction.atomic
def end_short_ways(digital_id: DigitalID, *, why: str, device: Device | None = None) -> None:
    """Those of all its devices, or of one. What they end with is what the holder is told of."""
    mine = Device.objects.filter(number_key=digital_id.number_key, digital_id=digital_id.pk)
    ids = [device.pk] if device else list(mine.values_list("pk", flat=True))
    for table in TABLES.values():
        _end(table, digital_id, ids, why=why)


def _end(table: Way, digital_id: DigitalID, ids: Iterable[uuid.UUID], *, why: str) -> bool:
    rows = table.objects.filter(device_id__in=ids)
    ended = list(rows.select_for_update().values_list("device_id", flat=True))
    rows.filter(device_id__in=ended).delete()
    for device in ended:
        note(ENDS[table], digital_id, device=str(device), why=why)
    return bool(ended)


def note(action: Action, digital_id: DigitalID, **details: str) -> None:
    """An entry of the holder's own act."""
    actor = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    record(action, digital_id, actor=actor, **details)

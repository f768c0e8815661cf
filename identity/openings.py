"""When the digital ID was opened with its password, on which device; and locking it elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity.models import Device, DigitalID, NoticeKind
from identity.notifications import notify_holder

MOST = 10
ACTIONS = (Action.DIGITAL_ID_UNLOCKED, Action.DIGITAL_ID_UNLOCK_FAILED)


@dataclass(frozen=True)
class Opening:
    """`device` is what the holder calls it, "" where none is known; `right`: the password was."""

    at: datetime
    device: str
    right: bool


def openings_of(digital_id: DigitalID) -> list[Opening]:
    """The latest, newest first, out of the log: no address is kept in it. Two queries."""
    entries = list(
        Entry.objects.about(digital_id).filter(action__in=ACTIONS).order_by("-at", "-id")[:MOST]
    )
    ids = {entry.details["device"] for entry in entries if "device" in entry.details}
    mine = Device.objects.filter(number_key=digital_id.number_key, pk__in=ids)
    names = {str(pk): name for pk, name in mine.values_list("pk", "name")} if ids else {}
    return [
        Opening(
            entry.at,
            names.get(entry.details.get("device", ""), ""),
            right=entry.action == Action.DIGITAL_ID_UNLOCKED,
        )
        for entry in entries
    ]


@transaction.atomic
def lock_others(digital_id: DigitalID) -> datetime:
    """Whatever was unlocked until now is locked, but for who keeps the moment that is returned."""
    now = timezone.now()
    mine = DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk)
    mine.update(others_locked_at=now)
    record(
        Action.OTHERS_LOCKED,
        digital_id,
        actor=Actor.citizen(digital_id.enrollment_id or digital_id.pk),
    )
    notify_holder(digital_id, NoticeKind.SESSIONS_ENDED)
    return now

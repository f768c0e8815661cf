"""When the digital ID was opened, how and on which device; and locking it elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from core.typing import StrOrPromise
from identity.models import Device, DigitalID, NoticeKind
from identity.notifications import notify_holder

MOST = 10
OPENED: dict[str, StrOrPromise] = {  # by the detail `how`
    "": _("Opened with the password"),
    "pin": _("Opened with the PIN"),
    "passkey": _("Opened by fingerprint or face"),
}
FAILED: dict[str, StrOrPromise] = {
    Action.DIGITAL_ID_UNLOCK_FAILED: _("Wrong password"),
    Action.PIN_WRONG: _("Wrong PIN"),
    Action.PASSKEY_REFUSED: _("Fingerprint or face refused"),
}
ACTIONS = (Action.DIGITAL_ID_UNLOCKED, *FAILED)


@dataclass(frozen=True)
class Opening:
    """`device` is what the holder calls it, "" where none is known; `right`: it did open."""

    at: datetime
    device: str
    what: StrOrPromise
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
            FAILED.get(entry.action) or OPENED[entry.details.get("how", "")],
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

"""What becomes of an issued digital ID: suspended, put in force again, revoked, and why."""

import uuid
from datetime import datetime
from typing import NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.detail_words import REASONS
from audit.models import Entry
from audit.services import Actor, record
from identity.models import LIVE, DigitalID, DigitalIDStatus, NoticeKind
from identity.notifications import notify_holder
from identity.short_ways import end_short_ways


class LifeReason(models.TextChoices):
    DEVICE_LOST = "device_lost", _("The device was lost or stolen")
    HOLDER_ASKED = "holder_asked", _("The holder asked for it")
    MISUSED = "misused", _("It was misused, or misuse is suspected")
    DATA_WRONG = "data_wrong", _("The data in it are wrong or have changed")
    HOLDER_DIED = "holder_died", _("The holder has died")
    LEFT_REGISTER = "left_register", _("The holder is no longer in the register")
    CLEARED = "cleared", _("The matter has been cleared up")
    RENEWED = "renewed", _("It was replaced by a newer one")
    FACE_SHOWN = "face_shown", _("The holder has shown their face again")


NOT_OFFICERS = {LifeReason.RENEWED, LifeReason.FACE_SHOWN}
OFFICERS_REASONS = [(one.value, one.label) for one in LifeReason if one not in NOT_OFFICERS]


# What concerns nobody but the holder, who puts it in force again alone; and what is undone without
# an officer besides, when the register has the person back.
OWN_REASONS = {LifeReason.DEVICE_LOST, LifeReason.HOLDER_ASKED}
UNDONE_ALONE = OWN_REASONS | {LifeReason.LEFT_REGISTER}

REASONS.update(LifeReason.choices)


class NotNow(Exception):
    """The digital ID is not in a state in which this can be done."""


STEPS = {
    "suspend": ({DigitalIDStatus.ACTIVE}, DigitalIDStatus.SUSPENDED, Action.DIGITAL_ID_SUSPENDED),
    "resume": ({DigitalIDStatus.SUSPENDED}, DigitalIDStatus.ACTIVE, Action.DIGITAL_ID_RESUMED),
    "revoke": (set(LIVE), DigitalIDStatus.REVOKED, Action.DIGITAL_ID_REVOKED),
}


TOLD_AS = {
    "suspend": NoticeKind.SUSPENDED,
    "resume": NoticeKind.RESUMED,
    "revoke": NoticeKind.REVOKED,
}


def possible_steps(digital_id: DigitalID) -> list[str]:
    """Some only for some reasons: see change_status."""
    possible = [name for name, (sources, *_rest) in STEPS.items() if digital_id.status in sources]
    return ["suspend"] * _is_undone_alone(digital_id) + possible


def _is_undone_alone(digital_id: DigitalID) -> bool:
    suspended = digital_id.status == DigitalIDStatus.SUSPENDED
    return suspended and digital_id.status_reason in UNDONE_ALONE


class Stop(NamedTuple):
    """Why and when a digital ID was suspended or revoked."""

    reason: str
    at: datetime

    @property
    def words(self) -> str:
        return str(LifeReason(self.reason).label) if self.reason else ""


def stop_of(digital_id: DigitalID) -> Stop | None:
    """None for one that goes on; `reason` is a LifeReason, or "" where none was kept."""
    actions: dict[str, Action] = {
        DigitalIDStatus.SUSPENDED: Action.DIGITAL_ID_SUSPENDED,
        DigitalIDStatus.REVOKED: Action.DIGITAL_ID_REVOKED,
    }
    if digital_id.status not in actions:
        return None
    entries = Entry.objects.about(digital_id).filter(action=actions[digital_id.status])
    last = entries.order_by("at").last()
    if last is None:  # of a month that has left the database
        return Stop(digital_id.status_reason, digital_id.issued_at)
    return Stop(digital_id.status_reason or last.reason, last.at)


@transaction.atomic
def change_status(
    digital_id: DigitalID,
    step: str,
    *,
    actor: Actor,
    reason: str,
    notify: bool = True,
    told_as: NoticeKind | None = None,
    **details: str,
) -> DigitalID:
    """`step` is "suspend", "resume" or "revoke", `reason` a LifeReason. Raises NotNow where the
    step does not fit, ValueError for an unknown reason. A revoked one never comes back. One that
    is suspended for what is UNDONE_ALONE is suspended anew for what only an officer undoes.

    The holder is told, but not of a renewal, which the newer one's issue tells of
    (identity.contacts.note_issued); without `notify` the caller sees to it.
    `told_as` is another kind of notice than the step's own; `details` go into the audit entry.
    """
    reason = LifeReason(reason)
    sources, target, action = STEPS[step]
    locked = DigitalID.objects.select_for_update().get(
        number_key=digital_id.number_key, pk=digital_id.pk
    )
    held = step == "suspend" and _is_undone_alone(locked) and reason not in UNDONE_ALONE
    if locked.status not in sources and not held:
        raise NotNow(locked.status)
    locked.status, locked.status_reason = target, reason.value
    DigitalID.objects.filter(number_key=locked.number_key, pk=locked.pk).update(
        status=target, status_reason=reason.value
    )
    if target == DigitalIDStatus.REVOKED:
        end_short_ways(locked, why="revoked")
    record(action, locked, actor=actor, reason=reason.value, **details)
    if notify and reason != LifeReason.RENEWED:
        notify_holder(locked, told_as or TOLD_AS[step], reason=reason.value)
    return locked


@transaction.atomic
def announce_replacement(
    digital_id: DigitalID, *, by: uuid.UUID, due: datetime, actor: Actor
) -> None:
    """Mark it as being replaced by enrollment `by`, at `due` at the earliest: nobody has proved to
    hold it, so its holder gets the time to say no. It stays valid meanwhile. A later one takes the
    place of an earlier one and waits from the beginning.
    """
    _mark(digital_id, replacing_by=by, replacing_due=due)
    record(Action.REPLACEMENT_BEGUN, digital_id, actor=actor, enrollment=str(by))
    notify_holder(digital_id, NoticeKind.REPLACEMENT_BEGUN)


@transaction.atomic
def end_replacement(digital_id: DigitalID, *, stopped: bool, actor: Actor) -> uuid.UUID | None:
    """Take the mark away: `stopped` by the holder, or given up. Returns the enrollment that it was
    of, or None where there was no mark; again does nothing.
    """
    locked = DigitalID.objects.select_for_update().get(
        number_key=digital_id.number_key, pk=digital_id.pk
    )
    if locked.replacing_by is None:
        return None
    _mark(locked, replacing_by=None, replacing_due=None)
    action = Action.REPLACEMENT_STOPPED if stopped else Action.REPLACEMENT_ENDED
    record(action, locked, actor=actor, enrollment=str(locked.replacing_by))
    if stopped:
        notify_holder(locked, NoticeKind.REPLACEMENT_STOPPED)
    return locked.replacing_by


def _mark(digital_id: DigitalID, **values: object) -> None:
    DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk).update(**values)

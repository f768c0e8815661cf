"""Digital IDs follow the register: who has died or left it, and who has another name now."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Protocol

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from identity.changes import rewritten
from identity.life import LifeReason, change_status
from identity.models import LIVE, NEXT_PLACE, DigitalID, DigitalIDStatus, FormerPlace, NoticeKind
from identity.notifications import News, notify_many
from identity.person import Person, RegisterStatus


class Done(models.TextChoices):
    """What was done with a digital ID."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    UPDATED = "updated"


TOLD_AS = {
    Done.REVOKED: (NoticeKind.REVOKED, LifeReason.HOLDER_DIED),
    Done.SUSPENDED: (NoticeKind.SUSPENDED, LifeReason.LEFT_REGISTER),
    Done.RESUMED: (NoticeKind.RESUMED, LifeReason.CLEARED),
    Done.UPDATED: (NoticeKind.UPDATED, None),
}


class Registered(Protocol):
    """What the register says of one person."""

    status: str  # a RegisterStatus
    person: Person


@transaction.atomic
def follow_register(people: Mapping[uuid.UUID, Registered], *, actor: Actor) -> Counter[Done]:
    """Bring the live digital IDs of `people`, by their numbers' keys, to what is said of them now.

    Whoever is dead in it has theirs revoked; whoever was removed from it, which may be a mistake
    of a file, suspended until they are back. Of the others it takes over names and birth date, so
    that what was issued before ends. Once done, again does nothing.
    """
    done: list[tuple[DigitalID, Done]] = []
    for digital_id in _live(people).select_for_update().order_by("number_key"):
        person = people[digital_id.number_key]
        steps = _stand_as(digital_id, RegisterStatus(person.status), actor=actor)
        if person.status == RegisterStatus.ALIVE:
            steps += _take_over(digital_id, person.person, actor=actor)
        done += [(digital_id, step) for step in steps]
    if done:
        notify_many([_news(*one) for one in done])
    return Counter(step for _digital_id, step in done)


def _news(digital_id: DigitalID, done: Done) -> News:
    kind, reason = TOLD_AS[done]
    return News(digital_id, kind, {"reason": reason.value} if reason else {})


def how_many_in_force(keys: Collection[uuid.UUID]) -> int:
    """How many digital IDs under `keys` are neither suspended nor ended."""
    return _live(keys).filter(status=DigitalIDStatus.ACTIVE).count()


def _live(keys: Collection[uuid.UUID]) -> QuerySet[DigitalID]:
    return DigitalID.objects.filter(number_key__in=list(keys), status__in=LIVE)


def _stand_as(digital_id: DigitalID, status: RegisterStatus, *, actor: Actor) -> list[Done]:
    in_force = digital_id.status == DigitalIDStatus.ACTIVE
    had_left = digital_id.status_reason == LifeReason.LEFT_REGISTER
    if status == RegisterStatus.DECEASED:
        step, reason, done = "revoke", LifeReason.HOLDER_DIED, Done.REVOKED
    elif status == RegisterStatus.REMOVED and in_force:
        step, reason, done = "suspend", LifeReason.LEFT_REGISTER, Done.SUSPENDED
    elif status == RegisterStatus.ALIVE and not in_force and had_left:
        step, reason, done = "resume", LifeReason.CLEARED, Done.RESUMED
    else:
        return []
    change_status(digital_id, step, actor=actor, reason=reason, notify=False)
    return [done]


def _take_over(digital_id: DigitalID, person: Person, *, actor: Actor) -> list[Done]:
    """A new place in the status lists goes with new data: the old one is revoked."""
    holder = digital_id.holder
    changed = rewritten(holder, person)
    if not changed:
        return []
    FormerPlace.objects.create(
        number_key=digital_id.number_key, status_index=digital_id.status_index
    )
    digital_id.holder = replace(holder, **changed)
    DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk).update(
        holder_sealed=digital_id.holder_sealed,
        holder_since=timezone.now(),
        status_index=NEXT_PLACE,
    )
    record(Action.DIGITAL_ID_UPDATED, digital_id, actor=actor, fields=sorted(changed))
    return [Done.UPDATED]

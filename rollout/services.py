"""Who may register now, and the places of a phase. See docs/decisions/0010-capacity.md."""

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.alphabet import in_alphabet
from core.typing import StrOrPromise
from offices.models import Office
from registration.errors import Refused
from registration.models import Enrollment
from rollout.models import Phase, Place, Shard
from rollout.waiting import begin_calling

SHARDS = 32
FULL = _("All places of this phase are taken. Please come back when the next one begins.")


class NotOpen(Refused):
    """Registration is not open for this citizen now."""

    status = 403


class CapacityFull(Refused):
    """All places of the phase are taken."""

    status = 503


def current_phase(today: datetime.date | None = None) -> Phase | None:
    """The phase that is in force."""
    return in_force(list(Phase.objects.all()), today or timezone.localdate())


def in_force(phases: Sequence[Phase], day: datetime.date) -> Phase | None:
    """Of these the phase that began last and has neither been closed again nor ended.

    One that waits is counted on for days to come.
    """
    ready = [phase for phase in phases if not (phase.waits and day <= timezone.localdate())]
    begun = [phase for phase in ready if phase.starts_on <= day and not phase.closed]
    last = max(begun, key=lambda phase: (phase.starts_on, phase.pk), default=None)
    return last if last and (last.ends_on is None or last.ends_on >= day) else None


def may_register(*, channel: str, province: str = "") -> Phase:
    """The phase this citizen registers in; raises NotOpen. `province` is "" until it is known."""
    phase = current_phase()
    if phase is None or not phase.opens(channel):
        raise NotOpen(
            "not_open",
            _("Registration is not open this way at the moment. Please ask a registration office."),
        )
    if province and phase.provinces and province not in phase.provinces:
        raise NotOpen(
            "not_open",
            _("Registration is not open in your province yet. We can tell you when it is."),
        )
    return phase


def what_to_know(*, channel: str) -> StrOrPromise:
    """What somebody who is about to register should know before the first step, or ""."""
    try:
        phase = may_register(channel=channel)
    except NotOpen as refusal:
        return refusal.message
    if not free_places(phase):
        return FULL
    return _only_in(phase.provinces) if phase.provinces else ""


def _only_in(codes: list[str]) -> str:
    return _("Registration is open in some provinces for now: %(provinces)s.") % {
        "provinces": ", ".join(province_names(codes))
    }


def province_names(codes: Collection[str]) -> list[str]:
    """As the reader calls them; one without an office by its code."""
    offices = Office.objects.filter(province_code__in=codes)
    names = {office.province_code: office.province for office in offices}
    return sorted((names.get(code, code) for code in codes), key=in_alphabet)


@transaction.atomic
def take_place(enrollment: Enrollment) -> None:
    """Give the enrollment a place of the current phase; raises NotOpen or CapacityFull.

    An enrollment that has one keeps it.
    """
    phase = may_register(channel=enrollment.channel)
    if Place.objects.filter(pk=enrollment.pk).exists():
        return
    shard = _free_shard(phase) or _last_shard(phase)
    if shard is None:
        raise CapacityFull("capacity_full", FULL)
    Shard.objects.filter(pk=shard).update(taken=F("taken") + 1)
    Place.objects.create(pk=enrollment.pk, shard_id=shard)


def _free_shard(phase: Phase) -> int | None:
    """A shard with room that nobody else holds, locked."""
    point = transaction.savepoint()
    free = phase.shards.filter(taken__lt=F("capacity")).order_by("?")
    found = free.select_for_update(skip_locked=True).values_list("pk", flat=True).first()
    if found is None:
        # A shard found full after it was locked stays locked: whoever waits must not hold it.
        transaction.savepoint_rollback(point)
    return found


def _last_shard(phase: Phase) -> int | None:
    """Wait for those who are about to take the last places: they may yet give one back.

    Everybody waits in the same order, as a shard that proves full stays locked.
    """
    free = phase.shards.filter(taken__lt=F("capacity")).order_by("pk")
    return free.select_for_update().values_list("pk", flat=True).first()


@transaction.atomic
def give_place_back(enrollment: Enrollment) -> None:
    """Whoever withdraws, is rejected or lets the time run out leaves the place to another."""
    place = Place.objects.select_for_update().filter(pk=enrollment.pk).first()
    if place is not None:
        Shard.objects.filter(pk=place.shard_id).update(taken=F("taken") - 1)
        place.delete()


def places_taken(phase: Phase) -> int:
    """The one source of it: pages, API, metrics and checklist ask here. What was carried over from
    before this portal exists as sums only and holds no place.
    """
    return phase.shards.aggregate(taken=Sum("taken"))["taken"] or 0


def free_places(phase: Phase | None) -> int:
    """How many can still register in the phase; 0 where there is none."""
    return max(0, phase.capacity - places_taken(phase)) if phase else 0


@transaction.atomic
def change_phase(phase: Phase, *, actor: Actor) -> None:
    """Save a phase and spread its capacity over its shards.

    A capacity below what is taken stops new sign-ups; nobody loses a place.
    """
    phase.save()
    Shard.objects.bulk_create(
        (Shard(phase=phase, number=number, capacity=0) for number in range(SHARDS)),
        ignore_conflicts=True,
    )
    shards = list(phase.shards.select_for_update().order_by("number"))
    left = max(0, phase.capacity - sum(shard.taken for shard in shards))
    for place, shard in enumerate(shards):
        shard.capacity = shard.taken + left // SHARDS + (place < left % SHARDS)
    Shard.objects.bulk_update(shards, ["capacity"])
    begin_calling()
    record(
        Action.PHASE_CHANGED,
        phase,
        actor=actor,
        capacity=phase.capacity,
        channels=[name for name in ("office", "self", "app") if phase.opens(name)],
        provinces=len(phase.provinces),
        starts_on=str(phase.starts_on),
        ends_on=str(phase.ends_on or ""),
        closed=phase.closed,
    )


@transaction.atomic
def let_begin(phase: Phase) -> None:
    """The day of a phase that waited has come: it is in force by its dates, and places open."""
    phase.waits = False
    phase.save(update_fields=["waits"])
    begin_calling()
    record(
        Action.PHASE_BEGUN,
        phase,
        actor=Actor.system("rollout"),
        starts_on=str(phase.starts_on),
    )

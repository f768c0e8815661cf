"""Trying out beforehand what letting a phase begin would do."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from audit.services import Actor
from core.typing import Json
from rollout.checklist import Item, missing
from rollout.models import Phase, WaitingPerson
from rollout.services import change_phase, current_phase, free_places
from rollout.waiting import who_can_be_called


@dataclass(frozen=True)
class Rehearsal:
    """What beginning a phase would do: nothing of it has been done.

    `missing` are the conditions that do not hold; with any of them nothing would happen. `called`
    people left an address and would be told.
    """

    missing: list[Item]
    before: Phase | None
    after: Phase | None
    places: int
    called: int


def begin_today() -> Json:
    """The change by which a phase begins; what was in force before ends by that."""
    return {"starts_on": timezone.localdate().isoformat(), "ends_on": None, "closed": False}


def rehearse(phase: Phase, *, actor: Actor) -> Rehearsal:
    """Begin the phase in earnest and roll it back, whether or not the checklist holds."""
    lacking, before = missing(phase), current_phase()
    with transaction.atomic():
        phase.starts_on, phase.ends_on, phase.closed = timezone.localdate(), None, False
        phase.waits = False
        change_phase(phase, actor=actor)
        after, places = current_phase(), free_places(phase)
        called = min(places, who_can_be_called(WaitingPerson.objects.all(), phase=after).count())
        transaction.set_rollback(True)
    return Rehearsal(lacking, before, after, places, called)

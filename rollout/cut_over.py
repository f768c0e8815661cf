"""Letting a phase begin, trying that out beforehand, and the way back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from audit.services import Actor
from rollout.checklist import Item, checklist
from rollout.models import Phase, WaitingPerson
from rollout.services import change_phase, current_phase, places_taken
from rollout.waiting import who_can_be_called


class NotReady(Exception):
    """A condition of the checklist does not hold."""


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


@transaction.atomic
def cut_over(phase: Phase, *, actor: Actor) -> None:
    """Let the phase begin today; raises NotReady. What was in force before ends by that."""
    if not all(item.holds for item in checklist(phase)):
        raise NotReady
    _begin(phase, actor=actor)


def _begin(phase: Phase, *, actor: Actor) -> None:
    phase.starts_on, phase.ends_on, phase.closed = timezone.localdate(), None, False
    change_phase(phase, actor=actor)


def rehearse(phase: Phase, *, actor: Actor) -> Rehearsal:
    """Begin the phase in earnest and roll it back, whether or not the checklist holds."""
    missing = [item for item in checklist(phase) if not item.holds]
    before = current_phase()
    with transaction.atomic():
        _begin(phase, actor=actor)
        after, places = current_phase(), max(0, phase.capacity - places_taken(phase))
        called = min(places, who_can_be_called(WaitingPerson.objects.all(), phase=after).count())
        transaction.set_rollback(True)
    return Rehearsal(missing, before, after, places, called)


@transaction.atomic
def go_back(phase: Phase, *, actor: Actor) -> Phase | None:
    """Close the phase; returns the one that is in force instead, None if there is none.

    Registrations that have begun go on.
    """
    phase.closed = True
    change_phase(phase, actor=actor)
    return current_phase()

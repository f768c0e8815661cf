"""What has to hold before the nation is let in: computed, never ticked by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from dopa_portal.outbox.models import Job, JobState
from rollout.imports.staging import register_is_empty
from rollout.models import RESUMABLE, ImportRun, Phase
from rollout.services import change_phase, places_taken

LONGEST_QUEUE = 200
LONGEST_WAIT = timedelta(minutes=2)


@dataclass(frozen=True)
class Item:
    """One condition: what it asks for, and whether it holds now."""

    name: str
    holds: bool


def checklist(phase: Phase) -> list[Item]:
    """Every condition for opening `phase` now."""
    unfinished = Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED])
    overdue = unfinished.filter(not_before__lt=timezone.now() - LONGEST_WAIT)
    conditions: dict[str, Callable[[], bool]] = {
        _("The population register has been imported"): lambda: not register_is_empty(),
        _("No import is under way"): lambda: (
            not ImportRun.objects.filter(state__in=RESUMABLE).exists()
        ),
        _("Workers are at work: no job has waited for longer than two minutes"): lambda: (
            not overdue.exists()
        ),
        _("The queue is short enough"): lambda: unfinished.count() <= LONGEST_QUEUE,
        _("The phase has free places"): lambda: places_taken(phase) < phase.capacity,
    }
    return [Item(name, holds()) for name, holds in conditions.items()]


class NotReady(Exception):
    """A condition of the checklist does not hold."""


@transaction.atomic
def cut_over(phase: Phase, *, actor: Actor) -> None:
    """Let the phase begin today; raises NotReady. What was in force before ends by that."""
    if not all(item.holds for item in checklist(phase)):
        raise NotReady
    phase.starts_on = timezone.localdate()
    phase.ends_on = None
    change_phase(phase, actor=actor)


@transaction.atomic
def go_back(phase: Phase, *, actor: Actor) -> None:
    """Close the phase from today on: the one before it is in force again."""
    phase.starts_on, phase.ends_on = timezone.localdate() + timedelta(days=1), None
    change_phase(phase, actor=actor)

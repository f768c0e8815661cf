"""What has to hold before the nation is let in: computed, never ticked by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.witnesses import all_witnessed
from core.outbox.models import Job, JobState
from core.typing import StrOrPromise
from core.worker_heartbeats import queues_without_worker
from population.imports.reconciling import adds_up
from population.imports.staging import register_is_empty
from population.models import RESUMABLE, ImportRun, RunState
from rollout.models import Phase
from rollout.services import free_places

LONGEST_QUEUE = 200
LONGEST_WAIT = timedelta(minutes=2)
WITNESSED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Item:
    """One condition: what it asks for, and whether it holds now."""

    name: StrOrPromise
    holds: bool


def checklist(phase: Phase) -> list[Item]:
    """Every condition for opening `phase` now."""
    free = free_places(phase)
    conditions: dict[StrOrPromise, Callable[[], bool]] = {
        _("The population register has been imported"): lambda: not register_is_empty(),
        _("No import is under way"): lambda: not _imports(RESUMABLE).exists(),
        _("The last import is reconciled: each line of its file is accounted for"): _reconciled,
        _("Every queue has a worker that gave a sign of life"): lambda: not queues_without_worker(),
        _("Workers are at work: no job has waited for longer than two minutes"): _none_overdue,
        _("The queue is short enough"): lambda: _unfinished().count() <= LONGEST_QUEUE,
        _("A witness outside has the audit log up to five minutes ago"): lambda: all_witnessed(
            before=timezone.now() - WITNESSED_WITHIN
        ),
        _("The phase has free places: %(free)s of %(capacity)s")
        % {"free": f"{free:,}", "capacity": f"{phase.capacity:,}"}: lambda: free > 0,
    }
    return [Item(name, holds()) for name, holds in conditions.items()]


def missing(phase: Phase) -> list[Item]:
    """What does not hold."""
    return [item for item in checklist(phase) if not item.holds]


def _imports(states: tuple[RunState, ...]) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(state__in=states)


def _reconciled() -> bool:
    last = _imports((RunState.DONE,)).first()
    return last is not None and adds_up(last)


def _unfinished() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED])


def _none_overdue() -> bool:
    return not _unfinished().filter(not_before__lt=timezone.now() - LONGEST_WAIT).exists()

"""What has to hold before the nation is let in: computed, never ticked by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from audit.witnesses import all_witnessed, last_witnessed
from core.outbox.models import Job, JobState
from core.templatetags.thai import people_time
from core.worker_heartbeats import queues_without_worker, work_of
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
    """One condition: what it asks for, whether it holds now, and the numbers that say so.

    `remedy` is what to do where it does not hold, `address` the page where that is done or seen.
    """

    name: str
    holds: bool
    found: str
    remedy: str
    address: str = ""


def checklist(phase: Phase) -> list[Item]:
    """Every condition for opening `phase` now."""
    return [condition() for condition in CONDITIONS] + [_free_places(phase)]


def missing(phase: Phase) -> list[Item]:
    """What does not hold."""
    return [item for item in checklist(phase) if not item.holds]


def _imported() -> Item:
    last = _last_done()
    rows = {"rows": _count(last.rows), "file": last.file_name} if last else {}
    return Item(
        _("The population register has been imported"),
        not register_is_empty(),
        _("%(rows)s rows of %(file)s came last") % rows if last else _("no import has ended"),
        _("Import the register."),
        _imports_page(),
    )


def _no_import() -> Item:
    run = ImportRun.objects.filter(state__in=RESUMABLE).first()
    return Item(
        _("No import is under way"),
        run is None,
        str(run) if run else _("none"),
        _("Wait until it has ended, or cancel it."),
        reverse("admin:population_importrun_change", args=[run.pk]) if run else _imports_page(),
    )


def _reconciled() -> Item:
    last = _last_done()
    told = {"rows": _count(last.rows), "rejected": _count(last.rejected)} if last else {}
    return Item(
        _("The last import is reconciled: each line of its file is accounted for"),
        last is not None and adds_up(last),
        _("%(rows)s rows taken, %(rejected)s rejected") % told if last else _("none"),
        _("Compare its offices; take it back and import it again if they do not add up."),
        reverse("admin:population_importrun_offices", args=[last.pk]) if last else _imports_page(),
    )


def _workers() -> Item:
    idle = queues_without_worker()
    return Item(
        _("Every queue has a worker that gave a sign of life"),
        not idle,
        work_of(idle) or _("all of them"),
        _("Have workers started for these queues."),
        reverse("dashboards:work"),
    )


def _none_overdue() -> Item:
    late = _unfinished().filter(not_before__lt=timezone.now() - LONGEST_WAIT).count()
    return Item(
        _("Workers are at work: no job has waited for longer than two minutes"),
        not late,
        _count(late),
        _("Wait until they are done, or have more workers started."),
        reverse("dashboards:work"),
    )


def _short_queue() -> Item:
    waiting = _unfinished().count()
    told = {"count": _count(waiting), "most": _count(LONGEST_QUEUE)}
    return Item(
        _("The queue is short enough"),
        waiting <= LONGEST_QUEUE,
        _("%(count)s jobs; at most %(most)s") % told,
        _("Wait until they are done, or have more workers started."),
        reverse("dashboards:work"),
    )


def _witnessed() -> Item:
    last = last_witnessed()
    return Item(
        _("A witness outside has the audit log up to five minutes ago"),
        all_witnessed(before=timezone.now() - WITNESSED_WITHIN),
        people_time(last) if last else _("none has any of it"),
        _("See why the witnesses take no heads."),
        reverse("audit:list"),
    )


def _free_places(phase: Phase) -> Item:
    free = free_places(phase)
    told = {"free": _count(free), "capacity": _count(phase.capacity)}
    return Item(
        _("The phase has free places: %(free)s of %(capacity)s") % told,
        free > 0,
        _count(free),
        _("Ask for a larger capacity above."),
    )


CONDITIONS: tuple[Callable[[], Item], ...] = (
    _imported, _no_import, _reconciled, _workers, _none_overdue, _short_queue, _witnessed,
)  # fmt: skip


def _last_done() -> ImportRun | None:
    return ImportRun.objects.filter(state=RunState.DONE).first()


def _imports_page() -> str:
    return reverse("admin:population_importrun_changelist")


def _unfinished() -> QuerySet[Job]:
    return Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED])


def _count(number: int) -> str:
    return number_format(number, force_grouping=True)

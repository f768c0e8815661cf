"""How the service is: in words for everybody, with figures for those who work here.

The words name no figure that tells an attacker how near the edge it is: minutes are rounded up to a
few steps, and nothing says what it is that is slow.
"""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.models import Cursor
from core.hint_cache import redis_answers
from core.housekeeping import overdue_seconds
from core.outbox.models import Job, JobState
from core.outbox.turns import seconds_to_wait
from core.typing import StrOrPromise
from core.upkeep.heartbeat import heartbeat_age, work_is_done
from core.worker_heartbeats import queues_without_worker, work_of
from registration.models import Channel
from rollout.models import Phase
from rollout.services import NotOpen, current_phase, free_places, may_register, what_to_know

USUAL_SECONDS = 30.0
STEPS = (1, 2, 5, 10, 15, 30, 60)  # minutes; beyond the last it says so often as the last
WELL, SLOW, CLOSED = "well", "slow", "closed"
TITLES: dict[str, StrOrPromise] = {
    WELL: _("All is well"),
    SLOW: _("Checking takes longer than usual"),
    CLOSED: _("Registration is paused"),
}
LAG = """
    SELECT count(*), COALESCE(extract(epoch FROM now() - min(at)), 0)
    FROM audit_entry WHERE (transaction_id, id) > (%s, %s) AND id > %s
"""
ARCHIVED = "SELECT last_archived_time FROM pg_stat_archiver"


@dataclass(frozen=True)
class Told:
    """What everybody may know."""

    state: str
    text: StrOrPromise = ""
    wait_minutes: int | None = None
    opens_on: datetime.date | None = None

    @property
    def title(self) -> StrOrPromise:
        return TITLES[self.state]


def service_told() -> Told:
    """To whoever asks now. Raises what a database raises that is gone."""
    closed = _closed()
    if closed is not None:
        return closed
    minutes = usual_wait_exceeded()
    if minutes is None:
        return Told(WELL, what_to_know(channel=Channel.SELF))
    text = _("The answer of the checks takes about %(minutes)s minutes. What you sent is safe.")
    return Told(SLOW, text % {"minutes": minutes}, wait_minutes=minutes)


def _closed() -> Told | None:
    try:
        phase = may_register(channel=Channel.SELF)
    except NotOpen as refusal:
        return Told(CLOSED, refusal.message, opens_on=_next_beginning())
    if not free_places(phase):
        return Told(CLOSED, what_to_know(channel=Channel.SELF), opens_on=_next_beginning())
    return None


def _next_beginning() -> datetime.date | None:
    """When the next phase begins that is open on the web, where one is planned."""
    later = Phase.objects.filter(starts_on__gt=timezone.localdate(), closed=False, opens_self=True)
    return later.order_by("starts_on").values_list("starts_on", flat=True).first()


def usual_wait_exceeded() -> int | None:
    """About how many minutes somebody waits who comes now; None where it is as usual."""
    wait = max(seconds_to_wait(), oldest_job_seconds())
    if wait < USUAL_SECONDS and work_is_done():
        return None
    return next((step for step in STEPS if wait <= 60 * step), STEPS[-1])


def oldest_job_seconds() -> float:
    """How long the oldest due job has waited; 0 where none is due."""
    now = timezone.now()
    due = Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED], not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    return (now - oldest).total_seconds() if oldest else 0.0


class Lag(NamedTuple):
    entries: int
    seconds: float


def log_lag() -> Lag:
    """What of the log is not in the tree yet, and the age of its oldest."""
    last = Cursor.objects.order_by("-pk").values_list("transaction", "entry", "floor_entry").first()
    with connection.cursor() as cursor:
        cursor.execute(LAG, last or (0, 0, 0))
        count, age = cursor.fetchone()
    return Lag(count, float(age))


def last_archived() -> datetime.datetime | None:
    """When PostgreSQL last handed a piece of its own log to the archive; None without one."""
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVED)
        at: datetime.datetime | None = cursor.fetchone()[0]
    return at


@dataclass(frozen=True)
class Figures:
    """What those who work here may know; ages in seconds."""

    phase: Phase | None
    waiting: int
    waiting_for_an_outage: int
    oldest: float
    heartbeat: float
    silent_work: str
    redis: bool
    log: Lag
    overdue: float
    archived: datetime.datetime | None


def figures() -> Figures:
    ready = Job.objects.filter(state=JobState.READY, not_before__lte=timezone.now())
    return Figures(
        phase=current_phase(),
        waiting=ready.count(),
        waiting_for_an_outage=Job.objects.filter(state=JobState.READY, waits__gt=0).count(),
        oldest=oldest_job_seconds(),
        heartbeat=heartbeat_age(),
        silent_work=work_of(queues_without_worker()),
        redis=redis_answers(),
        log=log_lag(),
        overdue=max(overdue_seconds().values(), default=0.0),
        archived=last_archived(),
    )

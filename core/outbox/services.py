"""Work that survives: ask for it, claim it, finish it once, park it when it keeps failing.

    enqueue() ---> READY --claim()--> CLAIMED --complete()--> DONE
                     ^                   |
                     |  retry()/sweep()  |  after JOB_MAX_DELIVERIES
                     +-------------------+---------------------------> PARKED
                     |  wait_for_it()    |
                     +-------------------+  where a part of the portal is out: not counted

Redis may lose every message: `sweep` sends again what was not sent and takes back what was claimed
too long ago. A message delivered twice finds the row claimed and does nothing; a worker that lost
its claim while it worked fails in `complete`, so its effects roll back.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.hint_cache import redis_answers
from core.metrics import JOB_WAIT_SECONDS, JOBS
from core.outages import is_outage
from core.outbox.models import Job, JobState

logger = logging.getLogger(__name__)
Worker = Callable[[Job], None]
LONGEST_WAIT = timedelta(seconds=60)
GIVE_BACK_PAUSES = (0.5, 1, 2, 4, 8)  # less, all together, than a claim lasts
RUN_JOB = "core.outbox.tasks.run_job"


class ClaimLost(Exception):
    """Another worker has taken this job over; what this one did is rolled back."""


@dataclass(frozen=True)
class Handler:
    """`work(job)` does the job and ends in `complete(job)`; `parked(job)` acts when it never
    succeeds.
    """

    work: Worker
    parked: Worker


_handlers: dict[str, Handler] = {}


def handles(kind: str, *, parked: Worker) -> Callable[[Worker], Worker]:
    """Register the decorated function as what does jobs of `kind`."""

    def register(work: Worker) -> Worker:
        _handlers[kind] = Handler(work, parked)
        return work

    return register


def enqueue(
    kind: str, subject: uuid.UUID, *, request_id: str = "", after: timedelta = timedelta()
) -> Job:
    """Ask for work in the current transaction; a message goes out once that has been committed.

    Work for later (`after`) is sent by the sweeper when its time has come.
    """
    due = timezone.now() + after
    job = Job.objects.create(kind=kind, subject=subject, request_id=request_id, not_before=due)
    if not after:
        transaction.on_commit(lambda: send(job.pk, kind=kind))
    return job


def enqueue_many(kind: str, subjects: Iterable[uuid.UUID]) -> None:
    """Ask for much work at once in the current transaction, by one statement. The sweeper sends it,
    some hundreds at a time, so that the queue is never flooded.
    """
    Job.objects.bulk_create([Job(kind=kind, subject=subject) for subject in subjects])


def send(job_id: int, *, kind: str = "") -> None:
    """Hint at a job, in its kind's queue. Without Redis nothing is lost: the sweeper sends it
    again.
    """
    if not redis_answers():
        logger.warning("job %s waits for the sweeper: no Redis", job_id)
        return
    own_queue: dict[str, Any] = {}
    if kind in settings.JOB_QUEUES:
        own_queue["queue"] = settings.JOB_QUEUES[kind]
    try:
        current_app.send_task(RUN_JOB, args=[job_id], **own_queue)
    except (OperationalError, OSError) as error:
        logger.warning("job %s waits for the sweeper: %s", job_id, type(error).__name__)
    else:
        Job.objects.filter(pk=job_id).update(sent_at=timezone.now())


def run(job_id: int) -> None:
    """Do one job now, if it is still to be done. Safe to call any number of times."""
    job = claim(job_id)
    if job is None:
        return
    try:
        _handlers[job.kind].work(job)
    except ClaimLost:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Exception as error:
        logger.exception("job %s failed", job.pk, exc_info=error)
        if is_outage(error):
            _until_the_database_is_there(partial(wait_for_it, job, error=type(error).__name__))
        else:
            retry(job, error=type(error).__name__)


def claim(job_id: int) -> Job | None:
    """Take a READY job by compare-and-set; None when another worker was faster."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=JobState.READY, not_before__lte=now).update(
        state=JobState.CLAIMED,
        claim=uuid.uuid4(),
        claimed_at=now,
        deliveries=F("deliveries") + 1,
        stage="",
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    JOB_WAIT_SECONDS.labels(job.kind).observe((now - job.not_before).total_seconds())
    return job


@contextmanager
def complete(job: Job) -> Iterator[None]:
    """Everything the job changes happens inside, together with its end, or not at all."""
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, claim=job.claim)
        if not mine.filter(state=JobState.CLAIMED).exists():
            raise ClaimLost
        yield
        mine.update(state=JobState.DONE, finished_at=timezone.now(), error="")
        transaction.on_commit(lambda: JOBS.labels(job.kind, JobState.DONE.value).inc())


def retry(job: Job, *, error: str) -> None:
    """Give a failed job back with a growing pause, or park it when it has failed too often."""
    if job.deliveries >= settings.JOB_MAX_DELIVERIES:
        park(job, error=error)
        return
    JOBS.labels(job.kind, "failed").inc()
    pause = timedelta(seconds=2**job.deliveries)
    Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.CLAIMED).update(
        state=JobState.READY, not_before=timezone.now() + pause, sent_at=None, error=error
    )


def wait_for_it(job: Job, *, error: str) -> None:
    """Give a job back that is not to blame: what it stands on is gone, and it waits until that is
    back, however long. It is not counted as tried.
    """
    JOBS.labels(job.kind, "waits").inc()
    pause = min(timedelta(seconds=2 ** min(job.waits, 10)), LONGEST_WAIT)
    Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.CLAIMED).update(
        state=JobState.READY,
        not_before=timezone.now() + pause,
        sent_at=None,
        error=error,
        deliveries=F("deliveries") - 1,
        waits=F("waits") + 1,
    )


def _until_the_database_is_there(give_back: Callable[[], None]) -> None:
    """It may be the database that is gone. After these pauses the sweeper takes the job back."""
    for pause in GIVE_BACK_PAUSES:
        try:
            return give_back()
        except DatabaseError:
            connection.close()
            time.sleep(pause)
    return None


@transaction.atomic
def park(job: Job, *, error: str) -> None:
    """Stop trying, and let the handler hand the subject to a person."""
    held = Job.objects.select_for_update().filter(
        pk=job.pk, claim=job.claim, state=JobState.CLAIMED
    )
    if held.update(state=JobState.PARKED, finished_at=timezone.now(), error=error):
        job.error = error
        _handlers[job.kind].parked(job)
        transaction.on_commit(lambda: JOBS.labels(job.kind, JobState.PARKED.value).inc())


def sweep() -> int:
    """Send what is due and unsent, take back what was claimed too long ago. Returns how many were
    sent.
    """
    now = timezone.now()
    overdue = now - settings.JOB_CLAIM_LASTS
    for job in Job.objects.filter(state=JobState.CLAIMED, claimed_at__lt=overdue):
        retry(job, error="claim ran out")
    due = Job.objects.filter(
        Q(sent_at=None) | Q(sent_at__lt=overdue), state=JobState.READY, not_before__lte=now
    )
    found = list(due.order_by("not_before").values_list("pk", "kind")[:500])
    for job_id, kind in found:
        send(job_id, kind=kind)
    return len(found)

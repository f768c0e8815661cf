"""Work that survives: ask for it, claim it, finish it once, park it when it keeps failing.

    enqueue() ---> READY --claim()--> CLAIMED --complete()--> DONE
                     ^                   |
                     |  retry()          |  after JOB_MAX_DELIVERIES
                     |  survive()        |  after JOB_MAX_DEATHS of workers
                     +-------------------+---------------------------> PARKED
                     |  wait_for_it()    |
                     +-------------------+  where a part of the portal is out: not counted

Of kinds of which only the newest counts, a job is DROPPED once another asks for the same subject;
one that runs already comes to its end first, or to where it reports. core.outbox.turns says whose
turn it is.

Redis may lose every message, and a worker may die: core.outbox.sweeping sends again and takes back.
A message delivered twice finds the row claimed and does nothing; a worker that lost its claim while
it worked fails in `complete`, so its effects roll back.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import Error as DatabaseFailed
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from core.metrics import JOB_WAIT_SECONDS, JOBS
from core.origin import current_origin
from core.outages import is_outage
from core.outbox.handlers import handler_of, kinds_of_newest, newest_only
from core.outbox.hints import send
from core.outbox.holding import held
from core.outbox.models import Job, JobState

logger = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(seconds=60)
GIVE_BACK_PAUSES = (0.5, 1, 1, 2, 2)  # less, all together, than a claim lasts


class Superseded(Exception):
    """Somebody asks for the same anew; what this job would find is of no use any more."""


class ClaimLost(Exception):
    """Another worker has taken this job over; what this one did is rolled back."""


def enqueue(
    kind: str, subject: uuid.UUID, *, request_id: str = "", after: timedelta = timedelta()
) -> Job:
    """Ask for work in the current transaction; a message goes out once that has been committed.

    Work for later (`after`) is sent by the sweeper when its time has come.
    """
    now = timezone.now()
    if newest_only(kind):
        former = Job.objects.filter(kind=kind, subject=subject, state=JobState.READY)
        former.update(state=JobState.DROPPED, finished_at=now)
    job = Job.objects.create(
        kind=kind,
        subject=subject,
        request_id=request_id,
        not_before=now + after,
        origin=current_origin(),
    )
    if not after:
        transaction.on_commit(lambda: send(job.pk, kind=kind))
    return job


def enqueue_many(kind: str, subjects: Iterable[uuid.UUID]) -> None:
    """Ask for much work at once in the current transaction, by one statement. The sweeper sends it,
    some hundreds at a time, so that the queue is never flooded.
    """
    Job.objects.bulk_create([Job(kind=kind, subject=subject) for subject in subjects])


def run(job_id: int) -> bool:
    """Do one job now, if it is still to be done; returns whether it was. Safe to call any number of
    times.
    """
    job = claim(job_id)
    if job is None:
        return False
    try:
        with held(job):
            handler_of(job.kind).work(job)
    except ClaimLost:
        logger.warning("job %s was taken over by another worker", job.pk)
    except Superseded:
        _drop(job)
    except Exception as error:
        logger.exception("job %s failed", job.pk, exc_info=error)
        if is_outage(error):
            _until_the_database_is_there(partial(wait_for_it, job, error=type(error).__name__))
        else:
            retry(job, error=type(error).__name__)
    if newer := _newer(job):
        send(newer.pk, kind=newer.kind)  # it could not begin before
    return True


def report(job: Job, stage: str) -> None:
    """Say how far the work has come, which the citizen's page shows; raises ClaimLost or Superseded
    where to go on is of no use.
    """
    if not Job.objects.filter(pk=job.pk, claim=job.claim).update(stage=stage):
        raise ClaimLost
    if _newer(job):
        raise Superseded


def _newer(job: Job) -> Job | None:
    """The one that asks for the same as this, of a kind of which only the newest counts."""
    if not newest_only(job.kind):
        return None
    same = Job.objects.filter(kind=job.kind, subject=job.subject, state=JobState.READY)
    return same.filter(pk__gt=job.pk).last()


def _drop(job: Job) -> None:
    held = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.CLAIMED)
    if held.update(state=JobState.DROPPED, finished_at=timezone.now()):
        JOBS.labels(job.kind, JobState.DROPPED.value).inc()


def claim(job_id: int) -> Job | None:
    """Take a READY job by compare-and-set; None when another worker was faster."""
    now = timezone.now()
    due = Job.objects.filter(pk=job_id, state=JobState.READY, not_before__lte=now)
    taken = due.exclude(_waits_for_another()).update(
        state=JobState.CLAIMED,
        claim=uuid.uuid4(),
        claimed_at=Now(),
        deliveries=F("deliveries") + 1,
        stage="",
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    JOB_WAIT_SECONDS.labels(job.kind).observe((now - job.not_before).total_seconds())
    return job


def _waits_for_another() -> Q:
    """Of a kind of which only the newest counts, one that runs comes to its end first."""
    running = Job.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), state=JobState.CLAIMED
    )
    return Q(Exists(running), kind__in=kinds_of_newest())


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
    _try_again(job, error, most=settings.JOB_MAX_DELIVERIES, pause=2**job.deliveries)


def survive(job: Job) -> None:
    """Give back what a worker held that died: at once, for mostly it is the machine's fault. What
    lies in their hands when worker after worker dies is given back later and later, then parked.
    """
    pause = 0 if job.deliveries == 1 else 2**job.deliveries
    _try_again(job, "claim ran out", most=settings.JOB_MAX_DEATHS, pause=pause)


def _try_again(job: Job, error: str, *, most: int, pause: int) -> None:
    if _newer(job):
        _drop(job)
        return
    if job.deliveries >= most:
        park(job, error=error)
        return
    JOBS.labels(job.kind, "failed").inc()
    Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.CLAIMED).update(
        state=JobState.READY,
        not_before=timezone.now() + timedelta(seconds=pause),
        sent_at=None,
        error=error,
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
        except DatabaseFailed:
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
        handler_of(job.kind).parked(job)
        transaction.on_commit(lambda: JOBS.labels(job.kind, JobState.PARKED.value).inc())

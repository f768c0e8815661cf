"""A claim lasts while whoever holds it lives: beside the work it is renewed again and again.

Its time is the database's: workers on machines whose clocks differ share it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import Error as DatabaseFailed
from django.db import connection
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from core.outbox.models import Job, JobState

RENEWED_AFTER_SHARE = 0.25  # of the time that a claim lasts
RENEWALS_AT_MOST = 24  # a minute of them; Celery ends a task before


def claims_end_before() -> Combinable:
    """A claim that was last renewed before this moment is nobody's any more."""
    return Now() - settings.JOB_CLAIM_LASTS


@contextmanager
def held(job: Job) -> Iterator[None]:
    """Short work is over before the first renewal, and costs no query."""
    over = threading.Event()
    threading.Thread(target=_renew, args=(job, over), daemon=True).start()
    try:
        yield
    finally:
        over.set()


def _renew(job: Job, over: threading.Event) -> None:
    pause = settings.JOB_CLAIM_LASTS.total_seconds() * RENEWED_AFTER_SHARE
    mine = Job.objects.filter(pk=job.pk, claim=job.claim, state=JobState.CLAIMED)
    for _ in range(RENEWALS_AT_MOST):
        if over.wait(pause):
            return
        with suppress(DatabaseFailed):  # without a database nobody takes it away, either
            mine.update(claimed_at=Now())
        connection.close()  # this thread's own

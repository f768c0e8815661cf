"""Lets citizens and officers go first: an import waits while citizens' jobs wait, and does one
thing at a time while the portal is being asked.
"""

import time

from django.conf import settings
from django.utils import timezone

from core.outbox.models import Job, JobState
from core.request_rate import requests_a_second

LONGEST_SECONDS = 2.0  # a chunk: what is stuck for good must not stop an import for good
LOOK_EVERY_SECONDS = 0.25
BUSY = 5.0  # requests a second; probes and a single visitor are fewer


def yield_to_traffic() -> float:
    """Wait until no citizen's job is due, LONGEST_SECONDS at most; returns the seconds waited."""
    started = time.monotonic()
    while _somebody_waits() and time.monotonic() - started < LONGEST_SECONDS:
        time.sleep(LOOK_EVERY_SECONDS)
    return time.monotonic() - started


def portal_is_busy() -> bool:
    return requests_a_second() > BUSY


def _somebody_waits() -> bool:
    due = Job.objects.filter(state=JobState.READY, not_before__lte=timezone.now())
    return due.exclude(kind__in=settings.JOB_QUEUES).exists()

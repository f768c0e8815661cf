"""The job of one summary. It ends in `complete`, so that its outcome is noted once."""

import uuid

from django.utils import timezone

from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete
from dashboards.models import Summary
from dashboards.summary.sending import SUMMARIZE, send_summary


def close(summary_id: uuid.UUID, outcome: str) -> None:
    Summary.objects.filter(pk=summary_id).update(outcome=outcome, done_at=timezone.now())


def give_up(job: Job) -> None:
    """The page shows the same figures; tomorrow brings the next."""
    close(job.subject, "given_up")


@handles(SUMMARIZE, parked=give_up)
def summarize(job: Job) -> None:
    outcome = send_summary(Summary.objects.get(pk=job.subject))
    with complete(job):
        close(job.subject, outcome)

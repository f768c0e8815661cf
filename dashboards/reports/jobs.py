"""The job of one report. It ends in `complete`, so that its outcome is noted once."""

import uuid

from django.utils import timezone

from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete
from dashboards.models import Report
from dashboards.reports.sending import REPORT, send_report


def close(report_id: uuid.UUID, outcome: str) -> None:
    Report.objects.filter(pk=report_id).update(outcome=outcome, done_at=timezone.now())


def give_up(job: Job) -> None:
    """The page shows the same figures; the next report comes when it is due."""
    close(job.subject, "given_up")


@handles(REPORT, parked=give_up)
def report(job: Job) -> None:
    found = Report.objects.filter(pk=job.subject).first()  # gone with a view that was removed
    outcome = send_report(found) if found else "not_wanted"
    with complete(job):
        close(job.subject, outcome)

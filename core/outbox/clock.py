"""Jobs of a clock that was set back since: what they wait for would come hours late."""

from datetime import timedelta

from django.db.models.functions import Now
from django.utils import timezone

from core.outbox.models import Job, JobState

SLACK = timedelta(seconds=5)  # machines differ by less


def forgive_the_clock() -> None:
    """What was asked for or begun in the future was so just now."""
    now = timezone.now()
    asked = Job.objects.filter(state=JobState.READY, created_at__gt=now + SLACK)
    asked.update(created_at=now, not_before=now, sent_at=None)
    Job.objects.filter(state=JobState.READY, sent_at__gt=now + SLACK).update(sent_at=None)
    begun = Job.objects.filter(state=JobState.CLAIMED, claimed_at__gt=Now() + SLACK)
    begun.update(claimed_at=Now())

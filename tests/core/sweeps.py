"""Since when the sweeper has looked without a gap, as a test has it."""

from datetime import timedelta

from django.utils import timezone

from core.outbox import sweeping
from core.upkeep.models import Progress


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def swept(*, last: float, since: float) -> None:
    """Seconds ago."""
    at = {"at": ago(last), "place": ago(since).isoformat()}
    Progress.objects.update_or_create(name=sweeping.NAME, defaults=at)

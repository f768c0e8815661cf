"""What is over is forgotten: it could not be tried again, or nobody has tried for days."""

from datetime import timedelta

from django.utils import timezone

from core.guard.models import Once, Tries

LONGEST_COUNT = timedelta(days=2)  # a day, and the longest pause of any door


def forget_over() -> int:
    """Returns how many rows went."""
    now = timezone.now()
    once, _ = Once.objects.filter(expires_at__lt=now).delete()
    old = Tries.objects.filter(since__lt=now - LONGEST_COUNT).exclude(locked_until__gt=now)
    return once + old.delete()[0]

"""What is over is forgotten: it could not be tried again, or nobody has tried for days."""

from datetime import timedelta

from django.db.models.functions import Now

from core.guard.models import Once, Tries
from core.housekeeping import forget_rows

LONGEST_COUNT = timedelta(days=2)  # a day, and the longest pause of any door

forget_rows("once", Once.objects.all(), field="expires_at", kept=timedelta)
forget_rows(
    "tries",
    Tries.objects.exclude(locked_until__gt=Now()),
    field="since",
    kept=lambda: LONGEST_COUNT,
)

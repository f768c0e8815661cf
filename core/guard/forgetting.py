"""What is over is forgotten: it could not be tried again, or nobody has tried for days.

What was used stays used for as long as a clock may err: set back, it makes what is over good once
more; set ahead, it would have it forgotten while it is good.
"""

from datetime import timedelta

from django.db.models.functions import Now

from core.guard.models import Once, Tries
from core.housekeeping import forget_rows

LONGEST_COUNT = timedelta(days=2)  # a day, and the longest pause of any door
CLOCK_ERRS_AT_MOST = timedelta(days=1)

forget_rows("once", Once.objects.all(), field="expires_at", kept=lambda: CLOCK_ERRS_AT_MOST)
forget_rows(
    "tries",
    Tries.objects.exclude(locked_until__gt=Now()),
    field="since",
    kept=lambda: LONGEST_COUNT,
)

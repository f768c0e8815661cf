"""Used tickets are kept for as long as a clock may err; afterwards their turn is past anyway."""

from datetime import timedelta

from core.housekeeping import forget_rows
from rollout.models import UsedTicket

KEPT = timedelta(days=2)

forget_rows("used tickets", UsedTicket.objects.all(), field="used_at", kept=lambda: KEPT)

"""Beat on a clock that may be set back: what ran in what is now the future is due from now on.

Celery's own scheduler waits until the clock has caught up, alive and silent, and after a restart as
well: its file says when things ran.
"""

import logging
from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

logger = logging.getLogger(__name__)
SLACK = timedelta(seconds=1)


class SteadyScheduler(PersistentScheduler):
    def setup_schedule(self) -> None:
        super().setup_schedule()
        self.forgive_the_clock()

    def tick(self, *args: Any, **named: Any) -> float:
        self.forgive_the_clock()
        seconds: float = super().tick(*args, **named)
        return seconds

    def forgive_the_clock(self) -> None:
        now = self.app.now()
        entries = self.schedule.values()
        ahead = [one for one in entries if one.last_run_at and one.last_run_at > now + SLACK]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            logger.warning("the clock was set back: %s entries are due from now on", len(ahead))
            self._heap = None

"""Whether work that should go on all the time has stopped."""

import time
from collections.abc import Callable

ASK_EVERY, PATIENCE = 5.0, 90.0  # seconds; the heartbeat is old after a minute


class Pulse:
    """`stopped()` is True once, when no work was seen done for `patience` seconds of a clock that
    nobody sets; then it waits as long again.
    """

    def __init__(
        self,
        work_is_done: Callable[[], bool | None],
        *,
        patience: float = PATIENCE,
        every: float = ASK_EVERY,
    ) -> None:
        self.work_is_done = work_is_done
        self.patience = patience
        self.every = every
        self.asked_at = self.seen_at = time.monotonic()

    def stopped(self) -> bool:
        now = time.monotonic()
        if now - self.asked_at < self.every:
            return False
        self.asked_at = now
        if self.work_is_done() is not False:  # None: nobody can tell
            self.seen_at = now
        if now - self.seen_at < self.patience:
            return False
        self.seen_at = now
        return True

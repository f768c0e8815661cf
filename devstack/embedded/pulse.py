"""Whether the portal does its work, as its own health page says; alive is not enough."""

import json
import time
import urllib.request
from collections.abc import Callable

ASK_EVERY, PATIENCE = 5.0, 90.0  # the page says it after a minute


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


def told_by(address: str) -> bool | None:
    """What the health page there says of the work; None where it does not answer in time."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own page
            return bool(json.load(answer)["work"])
    except (OSError, ValueError, KeyError):
        return None

"""Whoever sends pictures sooner than told is answered later: refusals as fast as somebody sends
would take the processor that others' pictures want. What is held back takes no thread.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

HOLD_BACK = "dopa.hold_back"  # in the environment of a request: takes seconds from now on
HELD_SECONDS = 5.0  # each request; less than a client or a proxy waits for an answer
NAMES_AT_MOST = 10_000
OF_STAFF = ("/staff/", "/admin/")  # an office's network may be a citizen's, too


class HeldBack:
    """Of one process. `who` names the network that a task of waitress comes from."""

    def __init__(self, who: Callable[[Any], str]) -> None:
        self.who = who
        self.until: dict[str, float] = {}
        self.waiting: deque[tuple[float, Any]] = deque()
        self.lock = threading.Lock()

    def hold_back(self, network: str, seconds: float) -> None:
        """For so long, what it sends is."""
        now = time.monotonic()
        with self.lock:
            if len(self.until) >= NAMES_AT_MOST:
                self.until = {name: end for name, end in self.until.items() if end > now}
            if len(self.until) < NAMES_AT_MOST or network in self.until:
                self.until[network] = now + seconds

    def takes(self, task: Any) -> bool:
        """Whether the task waits here now; it does so once."""
        now = time.monotonic()
        with self.lock:
            if not self.until or self.until.get(self.who(task), 0.0) <= now:
                return False
            self.waiting.append((now + HELD_SECONDS, task))
            return True

    def due(self, *, at_once: bool = False) -> list[Any]:
        """Those that have waited, in their order; all of them where the process ends."""
        now, found = time.monotonic(), []
        with self.lock:
            while self.waiting and (at_once or self.waiting[0][0] <= now):
                found.append(self.waiting.popleft()[1])
        return found

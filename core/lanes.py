"""Which request is answered next, and which is turned away where more come than can be answered.

What costs much, uploads and pages of figures, waits in a lane of its own: a page of some
milliseconds does not stand behind it. A lane that is never empty and in which everybody waits for
longer than its patience, for a while, is a queue that stands; from then on until it is gone, who
waited for longer is turned away in a millisecond, so that the others are answered in time. A short
burst is waited out, and so is a slow machine that nobody else asks (K. Nichols, V. Jacobson:
Controlling Queue Delay, ACM Queue 2012).
"""

import threading
import time
from collections import deque
from functools import partial
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from core.frames import with_room
from core.held_back import OF_STAFF, HeldBack
from core.origin import network_behind

STANDS_AFTER = 0.5  # seconds in which everybody had to wait for too long
HEAVY_BODY = 2**16  # bytes: pictures and files
HEAVY_PAGES = ("/staff/dashboard/", "/admin/")
TURNED_AWAY = "dopa.turned_away"  # in the environment of a request
EVERY = 4  # so often it is the heavy lane's turn, however many wait in the other


class Lane:
    """Requests in the order in which they came; `patience` in seconds."""

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self.waiting: deque[tuple[float, Any]] = deque()
        self.too_long_since: float | None = None
        self.sheds = False

    def put(self, task: Any, now: float) -> None:
        self.waiting.append((now, task))

    def take(self, now: float) -> tuple[Any, bool]:
        """The next request, and whether it is to be turned away."""
        came, task = self.waiting.popleft()
        waited = now - came
        if not self.waiting or waited < self.patience / 4:
            self.too_long_since, self.sheds = None, False
        elif waited > self.patience:
            if self.too_long_since is None:
                self.too_long_since = now
            self.sheds = self.sheds or now - self.too_long_since > STANDS_AFTER
        return task, self.sheds and waited > self.patience

    def is_overdue(self, now: float) -> bool:
        return bool(self.waiting) and now - self.waiting[0][0] > self.patience


class Lanes:
    """In the place of the dispatcher's queue, which is used under its lock."""

    def __init__(self) -> None:
        self.light, self.heavy = Lane(0.2), Lane(4.0)
        self.turn = 0
        self.thread = threading.local()

    def __len__(self) -> int:
        return len(self.light.waiting) + len(self.heavy.waiting)

    def append(self, task: Any) -> None:
        lane = self.heavy if is_heavy(task.requests[0]) else self.light
        lane.put(task, time.monotonic())

    def popleft(self) -> Any:
        now = time.monotonic()
        self.turn += 1
        heavy = self.heavy.waiting and (
            not self.light.waiting or self.turn % EVERY == 0 or self.heavy.is_overdue(now)
        )
        task, self.thread.turned_away = (self.heavy if heavy else self.light).take(now)
        return task

    @property
    def turned_away(self) -> bool:
        """Whether what the calling thread took last is to be."""
        return getattr(self.thread, "turned_away", False)


def is_heavy(request: Any) -> bool:
    """`request` is waitress's, whole. What its head says of its length is not asked: a body that
    comes in chunks has none.
    """
    path = getattr(request, "path", "") or ""
    return brings_files(request) or path.startswith(HEAVY_PAGES)


def brings_files(request: Any) -> bool:
    return len(request.body_rcv or ()) > HEAVY_BODY


def who(task: Any) -> str:
    """The network of a channel of waitress, as its portal will name it."""
    forwarded = task.requests[0].headers.get("X_FORWARDED_FOR", "")
    return network_behind(forwarded, peer=task.addr[0])


class LanesDispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress has no types
    queue: Lanes

    def __init__(self) -> None:
        super().__init__()
        self.queue = Lanes()
        self.held_back = HeldBack(who)

    def handler_thread(self, thread_no: int) -> None:
        with_room(partial(super().handler_thread, thread_no))

    def add_task(self, task: Any) -> None:
        request = task.requests[0]
        of_citizens = brings_files(request) and not request.path.startswith(OF_STAFF)
        if not (of_citizens and self.held_back.takes(task)):
            super().add_task(task)

    def release(self, *, at_once: bool = False) -> None:
        """Called again and again: what was held back for long enough is answered."""
        for task in self.held_back.due(at_once=at_once):
            super().add_task(task)

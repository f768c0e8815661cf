"""What a process knows of the line, asked of the database every two seconds and not at each
request: the line moves on meanwhile by itself.
"""

import threading
import time
from dataclasses import dataclass

from django.utils import timezone

from core.outages import OUTAGES
from rollout.line.course import Course
from rollout.line.moving import course_kept
from rollout.line.tickets import last_drawn
from rollout.models import Mode, rule_in_force
from rollout.services import current_phase, free_places

FRESH_FOR, WITHOUT_DATABASE = 2.0, 60.0  # seconds


@dataclass(frozen=True)
class Snapshot:
    """`free` places of the phase in force; `course` is None before the line has ever moved."""

    mode: str
    course: Course | None
    drawn: int
    free: int
    read_at: float  # of a clock that nobody sets

    @property
    def age(self) -> float:
        return time.monotonic() - self.read_at

    @property
    def is_kept(self) -> bool:
        return self.mode != Mode.OFF and self.course is not None

    @property
    def waiting(self) -> int:
        """How many tickets are not called yet, whether or not their people still are there."""
        if not self.is_kept or self.course is None:
            return 0
        return max(0, self.drawn - self.course.called(timezone.now()))


class _Kept:
    snapshot: Snapshot | None = None


_lock = threading.Lock()


def present() -> Snapshot:
    """One thread asks anew, the others answer by the one before."""
    kept = _Kept.snapshot
    if kept is not None and (kept.age < FRESH_FOR or not _lock.acquire(blocking=False)):
        return kept
    if kept is None:
        _lock.acquire()
    try:
        _Kept.snapshot = _read()
    except OUTAGES:
        if kept is None or kept.age > WITHOUT_DATABASE:
            raise
        return kept
    finally:
        _lock.release()
    return _Kept.snapshot


def look_anew() -> None:
    """What was changed is seen at once by this process; by the others two seconds later."""
    _Kept.snapshot = None


def _read() -> Snapshot:
    mode, read_at = rule_in_force().mode, time.monotonic()
    if mode == Mode.OFF:
        return Snapshot(mode, None, 0, 0, read_at)
    return Snapshot(mode, course_kept(), last_drawn(), free_places(current_phase()), read_at)

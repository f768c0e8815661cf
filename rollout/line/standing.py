"""Where a number stands: how many are before it, for how long, when to ask again."""

import math
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from rollout.line.course import Course
from rollout.line.snapshot import Snapshot

LOOKED_AT = timedelta(minutes=10)
# The range goes beyond the speeds that were seen; to the better more: some of those before go.
EARLIER, LATER = 0.75, 1.15
LONGEST = 48 * 60  # minutes: nothing is promised beyond
HOURS_FROM = 120
SOONEST, LATEST, WHILE_CLOSED = 5, 240, 60  # seconds between two questions
OF_THE_WAIT = 8
SPREAD = 0.2
randomness = random.SystemRandom()

WAITING, CALLED, OVER, NO_LINE = "waiting", "called", "over", "no_line"


@dataclass(frozen=True)
class Standing:
    """`least` and `most` are minutes (hours with `in_hours`), None where nobody can say. `until`:
    when the turn ends. `again`: in so many seconds it is worth asking. `may_miss`: fewer places are
    free than people are before this one.
    """

    state: str
    before: int = 0
    least: int | None = None
    most: int | None = None
    in_hours: bool = False
    until: datetime | None = None
    again: int = WHILE_CLOSED
    free: int = 0
    stands_still: bool = False

    @property
    def may_miss(self) -> bool:
        return self.state == WAITING and self.before >= self.free


def standing_of(number: int, kept: Snapshot, *, now: datetime | None = None) -> Standing:
    """By what the process knows of the line; asks nothing of the database."""
    now = now or timezone.now()
    course = kept.course
    if not kept.is_kept or course is None:
        return Standing(NO_LINE)
    called = course.called(now)
    if number <= course.over(now):
        return Standing(OVER, until=course.turn_ends(number))
    if number <= called:
        return Standing(CALLED, until=course.turn_ends(number) or now + course.turn)
    before = number - called - 1
    least, most = minutes_to_wait(before, course, now)
    in_hours = bool(most and most > HOURS_FROM)
    if in_hours and least is not None and most is not None:
        least, most = least // 60, math.ceil(most / 60)
    return Standing(
        WAITING,
        before=before,
        least=least,
        most=most,
        in_hours=in_hours,
        again=ask_again_in(number, course, now),
        free=kept.free,
        stands_still=not course.speed(now),
    )


def minutes_to_wait(before: int, course: Course, now: datetime) -> tuple[int | None, int | None]:
    """From the fastest to the slowest it was in the last ten minutes, in steps that people use;
    (None, None) where it stands still or it is days.
    """
    speeds = [speed for speed in course.speeds(now, LOOKED_AT) if speed]
    if not course.speed(now) or not speeds:
        return None, None
    soon = EARLIER * (before + 1) / max(speeds)
    late = LATER * (before + 1) / min(speeds)
    if late > LONGEST:
        return None, None
    step = _step(late)
    least, most = step * math.floor(soon / step), step * math.ceil(late / step)
    return least, max(most, least + step, 2)


def _step(minutes: float) -> int:
    """Minutes; fives from a quarter of an hour on, quarters of an hour from an hour and a half."""
    return next(step for below, step in ((15, 1), (90, 5), (math.inf, 15)) if minutes < below)


def ask_again_in(number: int, course: Course, now: datetime) -> int:
    """Farther back more rarely, and never all at one moment."""
    speed = course.speed(now)
    if not speed:
        seconds = float(WHILE_CLOSED)
    else:
        wait = 60 * max(0, number - course.called(now)) / speed
        seconds = min(LATEST, max(SOONEST, wait / OF_THE_WAIT))
    return math.ceil(seconds * randomness.uniform(1 - SPREAD, 1 + SPREAD))

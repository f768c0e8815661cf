"""How many registrations a minute can begin: pure arithmetic on what workers and officers did."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

GROWS_BY = 1.2  # beyond the best that was seen, as long as the workers keep up
MINUTES_OF_A_DAY = 8 * 60  # in which officers decide
UNCHANGED = 0.1  # a speed that would change by a smaller share stays


class Bound(StrEnum):
    """What it is that bounds the speed."""

    WORKERS = "workers"
    OFFICERS = "officers"
    LEAST = "least"
    RULE = "rule"


@dataclass(frozen=True)
class Seen:
    """What is known of the work. `jobs_waiting`: due now; `best_minute`: most jobs done in a minute
    of the last half hour; `cases_waiting`: before officers; `decisions_a_day`: of a working day of
    the last week, 0 where none were; `cases_a_start`: share of registrations that go to officers;
    `used`: share of the called that began.
    """

    jobs_waiting: int = 0
    best_minute: float = 0.0
    jobs_a_start: float = settings.LINE_JOBS_A_START
    cases_waiting: int = 0
    decisions_a_day: float = 0.0
    cases_a_start: float = 0.0
    used: float = 1.0


@dataclass(frozen=True)
class Speed:
    per_minute: float
    bound: Bound


def speed_of(seen: Seen, *, at_most: float | None = None) -> Speed:
    """So many are called a minute, those who will not come included: the places they leave are for
    others. `at_most` is an administrator's and counts who is called.
    """
    bounds = {Bound.WORKERS: by_workers(seen)}
    officers = by_officers(seen)
    if officers is not None:
        bounds[Bound.OFFICERS] = officers
    bound = min(bounds, key=lambda one: bounds[one])
    called = bounds[bound] / min(1.0, max(seen.used, settings.LINE_USED_LEAST))
    if called < settings.LINE_LEAST_A_MINUTE:
        called, bound = settings.LINE_LEAST_A_MINUTE, Bound.LEAST
    if at_most is not None and at_most < called:
        return Speed(at_most, Bound.RULE)
    return Speed(called, bound)


def by_workers(seen: Seen) -> float:
    """Starts a minute whose jobs are done as they come.

    The best minute says what workers can do, and only that they had so much to do: while nothing
    waits, a little more is tried. It grows as fast as work was really done, and no faster.
    """
    able = max(60 * settings.JOBS_A_SECOND, seen.best_minute)
    waits = able * settings.LINE_JOBS_WAIT.total_seconds() / 60
    beyond = seen.jobs_waiting - waits
    if beyond <= 0:
        grown = seen.best_minute * GROWS_BY
        return max(able, grown) / seen.jobs_a_start
    worked_off = beyond / (settings.LINE_WORKED_OFF_IN.total_seconds() / 60)
    return max(0.0, able - worked_off) / seen.jobs_a_start


def by_officers(seen: Seen) -> float | None:
    """Starts a minute whose cases do not pile up beyond what officers decide in some days; None
    where nothing is known of it.
    """
    if not seen.decisions_a_day or not seen.cases_a_start:
        return None
    room = settings.LINE_CASES_WAIT_DAYS * seen.decisions_a_day - seen.cases_waiting
    cases = (seen.decisions_a_day + room) / MINUTES_OF_A_DAY
    return max(0.0, cases) / seen.cases_a_start


def steady(before: float, after: float) -> float:
    """The speed from before where the new one is almost the same: every change is a leg."""
    return before if before and abs(after - before) < UNCHANGED * before else after

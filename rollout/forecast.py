"""What a plan of openings comes to: sign-ups, cases for officers, and the day a goal is reached.

Pure arithmetic on the figures given. Every day the same share of those who still lack a digital ID
signs up where registration is open: a first wave is the largest, as on 20 to 23 January 2023 (some
28,000 in four days after 24,925 in the pilot's two years; statement of 23 January 2023). Public
holidays, campaigns and outages are not in it, and places are taken to suffice.
"""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rollout.models import Phase
from rollout.services import in_force

DAY = datetime.timedelta(days=1)
YEARS = 10
HORIZON = YEARS * 365
WORKING_DAYS, WEEK = 5, 7
LEAST_DECISIONS = 0.01  # on a working day: who decides less decides nothing


@dataclass(frozen=True)
class Area:
    """People who may hold a digital ID, those who do, and the day registration opens for them:
    None where no plan opens it.
    """

    eligible: int
    signed: int
    opens: datetime.date | None


@dataclass(frozen=True)
class Pace:
    """`signups`: share of those without a digital ID who sign up on a day, 0 to 1. `cases`: cases
    for officers a sign-up. `decisions`: what an officer decides on a working day. `officers`: how
    many decide.
    """

    signups: float
    cases: float
    decisions: float
    officers: int

    def officers_for(self, cases: float) -> int | None:
        """How many officers decide so many cases a calendar day; None where none decides any."""
        if self.decisions < LEAST_DECISIONS:
            return None if cases else 0
        # Rounded first: 4.2 cases a day are 30 a week less a rounding error.
        return math.ceil(round(cases * WEEK / WORKING_DAYS / self.decisions, 6))


@dataclass(frozen=True)
class Month:
    """`signups` and `cases` a calendar day on average; `waiting` and `total` at its end."""

    first: datetime.date
    signups: float
    cases: float
    officers: int | None
    waiting: int
    total: int


@dataclass(frozen=True)
class Forecast:
    """`reached`: the first day on which `goal` people hold a digital ID; None if not within YEARS.
    `total`: how many hold one at the end of what was computed.
    """

    months: Sequence[Month]
    goal: int
    reached: datetime.date | None
    total: int

    @property
    def busiest(self) -> Month | None:
        """The month with most cases a day; None where the goal is reached already."""
        return max(self.months, key=lambda month: month.cases, default=None)

    @property
    def fullest(self) -> Month | None:
        """The month at whose end most cases wait."""
        return max(self.months, key=lambda month: month.waiting, default=None)


@dataclass
class _Day:
    day: datetime.date
    signups: float
    cases: float
    waiting: float
    total: float


def forecast(
    areas: Iterable[Area],
    pace: Pace,
    *,
    today: datetime.date,
    total: int,
    waiting: int,
    goal: int,
) -> Forecast:
    """From tomorrow to the goal, at most YEARS. `total`: digital IDs there are; `waiting`: cases
    before officers now.
    """
    days: list[_Day] = []
    left = _left_by_opening(areas)
    now = _Day(today, 0, 0, waiting, total)
    while now.total < goal and len(days) < HORIZON:
        now = _next(now, left, pace)
        days.append(now)
    reached = now.day if now.total >= goal else None
    return Forecast(_months(days, pace), goal, reached, round(now.total))


def _left_by_opening(areas: Iterable[Area]) -> dict[datetime.date, float]:
    """People without a digital ID by the day their registration opens: areas of a day are one."""
    left: dict[datetime.date, float] = {}
    for area in areas:
        if area.opens is not None:
            left[area.opens] = left.get(area.opens, 0) + max(0, area.eligible - area.signed)
    return left


def _next(before: _Day, left: dict[datetime.date, float], pace: Pace) -> _Day:
    """The day after, whose sign-ups leave `left`. Officers decide on working days."""
    day, signups = before.day + DAY, 0.0
    for opens, people in left.items():
        if opens <= day:
            signups += people * pace.signups
            left[opens] = people * (1 - pace.signups)
    cases = signups * pace.cases
    decided = pace.officers * pace.decisions if day.weekday() < WORKING_DAYS else 0
    waiting = max(0.0, before.waiting + cases - decided)
    return _Day(day, signups, cases, waiting, before.total + signups)


def _months(days: Sequence[_Day], pace: Pace) -> list[Month]:
    found: dict[datetime.date, list[_Day]] = {}
    for day in days:
        found.setdefault(day.day.replace(day=1), []).append(day)
    return [_month(first, of_it, pace) for first, of_it in found.items()]


def _month(first: datetime.date, days: Sequence[_Day], pace: Pace) -> Month:
    cases = sum(day.cases for day in days) / len(days)
    return Month(
        first=first,
        signups=sum(day.signups for day in days) / len(days),
        cases=cases,
        officers=pace.officers_for(cases),
        waiting=round(days[-1].waiting),
        total=round(days[-1].total),
    )


def openings(
    phases: Sequence[Phase], provinces: Iterable[str], *, today: datetime.date
) -> dict[str, datetime.date | None]:
    """The first day from `today` on which each province is open by the phases; None for never."""
    planned = ruling(phases, today=today)
    return {
        code: next((day for day, phase in planned if _open_in(phase, code)), None)
        for code in provinces
    }


def ruling(phases: Sequence[Phase], *, today: datetime.date) -> list[tuple[datetime.date, Phase]]:
    """The phases that are or will be in force, with the first day from `today` on of each.

    A phase opens on its first day or not at all, so only those days are looked at; one whose day
    has come and that waits for its checklist is counted on for tomorrow.
    """
    starts = {phase.starts_on for phase in phases if phase.starts_on > today}
    days = [(day, in_force(phases, day)) for day in sorted({today, today + DAY} | starts)]
    return [(day, phase) for day, phase in days if phase]


def _open_in(phase: Phase, province: str) -> bool:
    return not phase.provinces or province in phase.provinces


def moved(
    planned: Mapping[str, datetime.date | None],
    provinces: Iterable[str],
    to: datetime.date,
    *,
    today: datetime.date,
) -> dict[str, datetime.date | None]:
    """The openings with those of `provinces` on another day; what is open stays open."""
    chosen = set(provinces)
    return {
        code: to if code in chosen and (opens is None or opens > today) else opens
        for code, opens in planned.items()
    }

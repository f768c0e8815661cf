"""What waits for officers, how fast and how surely they decide, and what the machine does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.behind import entries_of_office
from dashboards.pages.daily import daily_tables
from dashboards.pages.machine import machine_tables
from dashboards.pages.where import note_on_hidden, told
from dashboards.periods import Period
from dashboards.places import Place, offices_of, provinces
from dashboards.privacy import Hidden
from dashboards.sums import as_bins, by_area, quantile
from dashboards.tables import Column, Kind, Row, Table, Value
from offices.models import Officer
from registration.models import Enrollment
from registration.states import State

HELD = (State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW)
QUANTILES = (0.5, 0.9, 0.99)
DECISIONS = ("approve", "reject", "ask_retake", "pass_to_second")


@dataclass(frozen=True)
class Work:
    """One area's share of the work, times in seconds, which are of `timed` decisions."""

    waiting: int
    age: float | None
    decided: int
    before: int | None
    timed: int
    times: list[float | None]
    taken_back: int

    def values(self) -> list[Value]:
        """The cells; what follows from a number that is hidden is left out with it."""
        few = isinstance(self.decided, Hidden)
        times = [None] * len(QUANTILES) if few or isinstance(self.timed, Hidden) else self.times
        no_share = few or not self.decided or isinstance(self.taken_back, Hidden)
        return [
            self.waiting,
            None if isinstance(self.waiting, Hidden) else self.age,
            self.decided,
            *([] if self.before is None else [self.before]),
            *times,
            None if no_share else 100 * self.taken_back / self.decided,
        ]


def work_tables(period: Period, officer: Officer, province: str = "") -> list[Table]:
    """The areas: all provinces, or the offices of one."""
    areas = offices_of(province) if province else provinces()
    works = _works(period, [area.code for area in areas], by_office=bool(province))
    works = _told(works, areas, officer)
    areas.sort(key=lambda area: (-works[area.code].waiting, -works[area.code].decided))
    rows = [
        Row(
            [area.name, *works[area.code].values()],
            href=entries_of_office(area.code, period)
            if province
            else f"?province={area.code}&{period.query}",
        )
        for area in areas
    ]
    title = _("Officers' work by office") if province else _("Officers' work by province")
    table = Table(
        key="review",
        title=title,
        unit=_("cases"),
        definition="review",
        columns=_columns(
            _("Registration office") if province else _("Province"), compares=period.compares
        ),
        rows=rows,
        summed=("waiting", "decided", "before"),
        note=note_on_hidden(rows),
    )
    return [table, *daily_tables(period), *machine_tables(period)]


def _told(works: dict[str, Work], areas: list[Place], officer: Officer) -> dict[str, Work]:
    """What this officer may know of each area."""
    numbers: dict[str, dict[str, Any]] = {
        name: told({code: getattr(work, name) for code, work in works.items()}, areas, officer)
        for name in ("waiting", "decided", "before", "timed", "taken_back")
        if None not in {getattr(work, name) for work in works.values()}
    }
    return {code: replace(work, **_of(numbers, code)) for code, work in works.items()}


def _of(numbers: dict[str, dict[str, Any]], code: str) -> dict[str, Any]:
    return {name: counts[code] for name, counts in numbers.items()}


def _works(period: Period, areas: Iterable[str], *, by_office: bool) -> dict[str, Work]:
    waiting = _waiting("office_id" if by_office else "office__province_code")
    review = by_area("review", period, areas=areas)
    waits = by_area("waits", period, areas=areas)
    before = by_area("review", period.before, areas=areas) if period.compares else None
    works = {}
    for area in areas:
        moves: Mapping[str, int] = review.get(area, {})
        bins = as_bins(waits.get(area, {}))
        held = waiting.get(area)
        works[area] = Work(
            waiting=held["waiting"] if held else 0,
            age=(timezone.now() - held["oldest"]).total_seconds() if held else None,
            decided=_decided(moves),
            before=None if before is None else _decided(before.get(area, {})),
            timed=sum(bins.values()),
            times=[quantile(bins, share) for share in QUANTILES],
            taken_back=moves.get("take_back", 0),
        )
    return works


def _decided(moves: Mapping[str, int]) -> int:
    return sum(moves.get(name, 0) for name in DECISIONS)


def _waiting(area: str) -> dict[str, Mapping[str, Any]]:
    """Waiting cases and the time of the oldest: over the small index of the queue alone."""
    rows = (
        Enrollment.objects.filter(state__in=HELD, office__isnull=False)
        .values(area=F(area))
        .annotate(waiting=Count("pk"), oldest=Min("waiting_since"))
    )
    return {row["area"]: row for row in rows}


def _columns(head: str, *, compares: bool) -> list[Column]:
    return [
        Column("area", head, Kind.WORDS),
        Column("waiting", _("Waiting")),
        Column("oldest", _("Oldest waits for"), Kind.TIME),
        Column("decided", _("Decided")),
        *([Column("before", _("Period before"))] if compares else []),
        Column("p50", _("Half within"), Kind.TIME),
        Column("p90", _("90% within"), Kind.TIME),
        Column("p99", _("99% within"), Kind.TIME),
        Column("overturned", _("Decisions taken back"), Kind.SHARE),
    ]

"""What waits for officers, how fast and how surely they decide, and what the machine does."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.pages.machine import machine_tables
from dashboards.periods import Period
from dashboards.places import Place, offices_of, provinces
from dashboards.privacy import FEWEST, is_inside
from dashboards.sums import as_bins, by_area, quantile
from dashboards.tables import HIDDEN, Column, Kind, Row, Table, Value
from offices.models import Officer
from registration.models import Enrollment
from registration.states import State

HELD = (State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW)
QUANTILES = (0.5, 0.9, 0.99)
DECISIONS = ("approve", "reject", "ask_retake", "pass_to_second")


@dataclass(frozen=True)
class Work:
    """One area's share of the work, times in seconds."""

    waiting: int
    age: float | None
    decided: int
    times: list[float | None]
    overturned: float | None

    def values(self, *, hides: bool) -> list[Value]:
        """The cells; `hides` for an office that is not the reader's."""
        few = hides and 0 < self.decided < FEWEST
        few_wait = hides and 0 < self.waiting < FEWEST
        return [
            *([HIDDEN, None] if few_wait else [self.waiting, self.age]),
            *(
                [HIDDEN, None, None, None, None]
                if few
                else [self.decided, *self.times, self.overturned]
            ),
        ]


def work_tables(period: Period, officer: Officer, province: str = "") -> list[Table]:
    """The areas: all provinces, or the offices of one."""
    areas = offices_of(province) if province else provinces()
    works = _works(period, [area.code for area in areas], by_office=bool(province))
    rows = [
        (
            works[area.code],
            Row(
                [area.name, *works[area.code].values(hides=_hides(area, officer))],
                href="" if province else f"?province={area.code}&{period.query}",
            ),
        )
        for area in areas
    ]
    rows.sort(key=lambda row: (-row[0].waiting, -row[0].decided))
    title = _("Officers' work by office") if province else _("Officers' work by province")
    table = Table(
        key="review",
        title=title,
        unit=_("cases"),
        definition="review",
        columns=_columns(_("Registration office") if province else _("Province")),
        rows=[row for _work, row in rows],
    )
    return [table, *machine_tables(period)]


def _hides(area: Place, officer: Officer) -> bool:
    return area.office is not None and not is_inside(officer, area.office)


def _works(period: Period, areas: Iterable[str], *, by_office: bool) -> dict[str, Work]:
    waiting = _waiting("office_id" if by_office else "office__province_code")
    review = by_area("review", period, areas=areas)
    waits = by_area("waits", period, areas=areas)
    works = {}
    for area in areas:
        moves, bins = review.get(area, {}), as_bins(waits.get(area, {}))
        held = waiting.get(area)
        decided = sum(moves.get(name, 0) for name in DECISIONS)
        works[area] = Work(
            waiting=held["waiting"] if held else 0,
            age=(timezone.now() - held["oldest"]).total_seconds() if held else None,
            decided=decided,
            times=[quantile(bins, share) for share in QUANTILES],
            overturned=100 * moves.get("take_back", 0) / decided if decided else None,
        )
    return works


def _waiting(area: str) -> dict[str, dict]:
    """Waiting cases and the time of the oldest: over the small index of the queue alone."""
    rows = (
        Enrollment.objects.filter(state__in=HELD, office__isnull=False)
        .values(area=F(area))
        .annotate(waiting=Count("pk"), oldest=Min("state_since"))
    )
    return {row["area"]: row for row in rows}


def _columns(head: str) -> list[Column]:
    return [
        Column("area", head, Kind.WORDS),
        Column("waiting", _("Waiting")),
        Column("oldest", _("Oldest waits for"), Kind.TIME),
        Column("decided", _("Decided")),
        Column("p50", _("Half within"), Kind.TIME),
        Column("p90", _("90% within"), Kind.TIME),
        Column("p99", _("99% within"), Kind.TIME),
        Column("overturned", _("Decisions taken back"), Kind.SHARE),
    ]

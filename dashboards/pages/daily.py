"""How long cases waited and what the machine decided, day by day, against their targets."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.pages.days import MOST_DAYS, on_days
from dashboards.periods import Period
from dashboards.sums import as_bins, by_day_and_label, quantile
from dashboards.tables import HOUR, Column, Kind, Row, Table
from dashboards.values.table import values_now
from dashboards.values.targets import with_target

ENDINGS = ("checking>pass_checks", "in_review>approve", "in_review>reject")  # the machine's first
Labels = dict[datetime.date, dict[str, int]]


def daily_tables(period: Period) -> list[Table]:
    """At most the last MOST_DAYS days of the period: more are no table to read."""
    first = max(period.start, period.end - datetime.timedelta(days=MOST_DAYS - 1))
    shown = Period(first, period.end, "own")
    targets, waits, shares = values_now(), hours_within(shown), share_by_machine(shown)
    return [
        with_target(
            _waits(waits), "wait", targets["wait"], {day: at[1] for day, at in waits.items()}
        ),
        with_target(
            _shares(shares), "machine", targets["machine"], {d: s[0] for d, s in shares.items()}
        ),
    ]


def hours_within(period: Period) -> dict[datetime.date, tuple[float, float, int]]:
    """Of each day with decisions: hours within which half, and 90%, were made, and how many."""
    found = {}
    for day, labels in _by_day("waits", period).items():
        bins = as_bins(labels)
        half, most = quantile(bins, 0.5) or 0.0, quantile(bins, 0.9) or 0.0
        found[day] = (half / HOUR, most / HOUR, sum(bins.values()))
    return found


def share_by_machine(period: Period) -> dict[datetime.date, tuple[float, int]]:
    """Of each day on which checks ended: percent passed by the machine alone, and how many."""
    found = {}
    for day, labels in _by_day("moves", period).items():
        machine, *officers = (labels.get(one, 0) for one in ENDINGS)
        if ended := machine + sum(officers):
            found[day] = (100 * machine / ended, ended)
    return found


def _by_day(figure: str, period: Period) -> Labels:
    found: Labels = {}
    for (day, label), count in by_day_and_label(figure, days=period.all_days).items():
        found.setdefault(day, {})[label] = count
    return found


def _waits(waits: dict[datetime.date, tuple[float, float, int]]) -> Table:
    return Table(
        key="waits",
        title=_("How long cases wait for a decision, by day"),
        unit=_("hours from handing over to the decision"),
        definition="waits",
        note=_("The page behind a day counts cases passed on to a second officer as well."),
        columns=[
            Column("day", _("Day"), Kind.DAY),
            Column("p90", _("90% within (hours)"), Kind.RATE, charted=True),
            Column("p50", _("Half within (hours)"), Kind.RATE, charted=True),
            Column("decided", _("Decided")),
        ],
        rows=[
            Row([day, most, half, count], href=on_days("work", day, day), unfinished=_growing(day))
            for day, (half, most, count) in sorted(waits.items(), reverse=True)
        ],
        chart="days",
    )


def _shares(shares: dict[datetime.date, tuple[float, int]]) -> Table:
    return Table(
        key="machine",
        title=_("Checks passed by the machine alone, by day"),
        unit=_("percent of checks that ended"),
        definition="machine",
        columns=[
            Column("day", _("Day"), Kind.DAY),
            Column("share", _("By the machine alone"), Kind.SHARE, charted=True),
            Column("ended", _("Checks that ended")),
        ],
        rows=[
            Row([day, share, count], href=on_days("funnel", day, day), unfinished=_growing(day))
            for day, (share, count) in sorted(shares.items(), reverse=True)
        ],
        chart="days",
    )


def _growing(day: datetime.date) -> frozenset[str]:
    is_today = day == timezone.localdate()
    return frozenset({"p90", "p50", "decided", "share", "ended"} if is_today else ())

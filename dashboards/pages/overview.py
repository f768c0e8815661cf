"""Sign-ups: how many, since when, against what was expected and what there is room for."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Action
from dashboards.anomalies import Anomaly, anomalies
from dashboards.behind import NEW, entries
from dashboards.models import Checkpoint
from dashboards.pages.days import MOST_DAYS, day_rows
from dashboards.periods import Period
from dashboards.sums import Days, by_day, by_day_and_label, by_label, kept_since
from dashboards.tables import Column, Kind, Mark, Row, Table
from dashboards.values.table import values_now
from dashboards.values.targets import with_target
from registration.models import Channel, Enrollment
from registration.states import CLOSED, MOVES, State
from rollout.models import Phase
from rollout.services import in_force, places_taken

HELD = (State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW)
WEEK, MONTH = 7, 28
Hours = dict[tuple[datetime.date, str], int]


@dataclass(frozen=True)
class Overview:
    """What the tiles show, renewed every few seconds. `as_of`: how far the log is counted."""

    as_of: datetime.datetime
    today: int
    yesterday: int
    week: int
    national: int
    total: int
    phase: Phase | None
    taken: int  # places of the phase, by rollout.services.places_taken
    carried: int  # of the total: sums from before this log, which hold no place
    kept_since: datetime.date | None  # where sums were carried over: since when the others are kept
    full_on: datetime.date | None
    open_enrollments: int
    waiting: int
    rejected: int
    anomalies: Sequence[Anomaly]
    days: Days
    hours: Hours
    phases: Sequence[Phase]
    expected: int  # sign-ups of a day: the target

    @property
    def this_hour(self) -> int:
        """Sign-ups since the hour began."""
        return self.hours.get(_hour_of(timezone.now()), 0)

    @property
    def hour_a_week_ago(self) -> int:
        """Those of the same hour, whole, a week ago."""
        return self.hours.get(_hour_of(timezone.now() - datetime.timedelta(days=WEEK)), 0)

    @property
    def yesterday_share(self) -> float:
        """Percent of what is expected of a day."""
        return 100 * self.yesterday / self.expected

    @property
    def share(self) -> float:
        """Percent of the phase's capacity in use."""
        return 100 * self.taken / self.phase.capacity if self.phase else 0.0


def overview() -> Overview:
    """The tiles and what stands out."""
    today = timezone.localdate()
    days, phases = by_day("signups", None), list(Phase.objects.all())
    phase, total = in_force(phases, today), sum(days.values())
    national = settings.NATIONAL_SINCE
    taken = places_taken(phase) if phase else 0
    states, values = _states(), values_now()
    carried = sum(by_label("signups", None, loaded=True).values())
    return Overview(
        as_of=as_of(),
        today=days.get(today, 0),
        yesterday=days.get(today - datetime.timedelta(days=1), 0),
        week=_last(days, WEEK, today),
        national=sum(count for day, count in days.items() if day >= national),
        total=total,
        phase=phase,
        taken=taken,
        carried=carried,
        kept_since=kept_since(["moves"]).get("moves") if carried else None,
        full_on=_forecast(days, phase.capacity - taken if phase else 0, today),
        open_enrollments=sum(count for state, count in states.items() if state not in CLOSED),
        waiting=Enrollment.objects.filter(state__in=HELD).count(),
        rejected=states.get(State.REJECTED, 0),
        anomalies=anomalies(days, today, values),
        days=days,
        hours=_hours_now(today),
        phases=phases,
        expected=values["signups"] or 1,
    )


def as_of() -> datetime.datetime:
    """When the log was last counted: how old the figures are."""
    place = Checkpoint.objects.filter(pk=1).values_list("folded_at", flat=True).first()
    return place or timezone.now()


def overview_tables(period: Period, figures: Overview) -> list[Table]:
    count = Column("sign_ups", _("Sign-ups"), charted=True)
    title = _("Sign-ups by channel")
    channels = _by_channel("signups", period, key="channels", title=title, count=count)
    count, title = Column("renewals", _("Renewals"), charted=True), _("Renewals by channel")
    renewals = _by_channel("renewals", period, key="renewals", title=title, count=count)
    return [_days(period, figures), _hours(figures.hours), channels, renewals]


def _hours_now(today: datetime.date) -> Hours:
    """Sign-ups by hour, of today and of the same day last week."""
    days = (today, today - datetime.timedelta(days=WEEK))
    return by_day_and_label("hours", days=days)


def _hour_of(time: datetime.datetime) -> tuple[datetime.date, str]:
    local = timezone.localtime(time)
    return local.date(), f"{local:%H}"


def _states() -> dict[str, int]:
    """How many enrollments are in each state: those that came less those that went. What was
    carried over has no enrollments here.
    """
    states: dict[str, int] = {}
    for label, count in by_label("moves", None, loaded=False).items():
        previous, _sign, name = label.partition(">")
        target = State.STARTED if name == "start" else MOVES[name].target
        states[target] = states.get(target, 0) + count
        if previous:
            states[previous] = states.get(previous, 0) - count
    return states


def _last(days: Days, count: int, today: datetime.date) -> int:
    """The whole days before today."""
    return sum(days.get(today - datetime.timedelta(days=back), 0) for back in range(1, count + 1))


def _forecast(days: Days, left: int, today: datetime.date) -> datetime.date | None:
    """When no place is left if every day is like the last 28; None when that is never or past."""
    a_day = _last(days, MONTH, today) / MONTH
    if left <= 0 or a_day <= 0 or left / a_day > (datetime.date.max - today).days:
        return None
    return today + datetime.timedelta(days=int(left / a_day) + 1)


def _days(period: Period, figures: Overview) -> Table:
    before = period.before if period.compares else None
    columns = [
        Column("day", _("Day"), Kind.DAY),
        Column("sign_ups", _("Sign-ups"), charted=True),
        *([Column("before", _("Period before"), charted=True)] if before else []),
        Column("in_all", _("In all")),
    ]
    begins = [
        Mark(phase.starts_on, phase.starts_on, _("Phase begins: %(phase)s") % {"phase": phase})
        for phase in figures.phases
        if period.start <= phase.starts_on <= period.end and not phase.closed
    ]
    table = Table(
        key="days",
        title=_("Sign-ups by day"),
        unit=_("digital IDs issued"),
        definition="sign-ups",
        columns=columns,
        rows=day_rows(figures.days, period, before),
        summed=("sign_ups", "before"),
        chart="days",
        marks=begins,
    )
    daily = {day: figures.days.get(day, 0) for day in period.all_days}
    told = with_target(table, "signups", figures.expected, daily)
    return replace(told, target=None) if period.days > MOST_DAYS else told  # bars are months then


def _hours(hours: Hours) -> Table:
    now = timezone.localtime()
    today, then = now.date(), now.date() - datetime.timedelta(days=WEEK)
    rows, behind = [], entries(Action.ACTIVATE, Period(today, today, "own"), only=NEW)
    for hour in range(24):
        name = f"{hour:02}"
        counted = hours.get((today, name), 0) if hour <= now.hour else None
        growing = frozenset({"today"} if hour == now.hour else ())
        values = [f"{name}:00", counted, hours.get((then, name), 0)]
        href = behind if counted else ""
        rows.append(Row(values, href=href, unfinished=growing))
    return Table(
        key="hours",
        title=_("Sign-ups by hour, today and a week ago"),
        unit=_("digital IDs issued"),
        definition="hours",
        columns=[
            Column("hour", _("Hour"), Kind.WORDS),
            Column("today", _("Today"), charted=True),
            Column("week_ago", _("Same day last week"), charted=True),
        ],
        rows=rows,
        summed=("today", "week_ago"),
        chart="curve",
    )


def _by_channel(figure: str, period: Period, *, key: str, title: str, count: Column) -> Table:
    """The table's key is that of its definition as well."""
    found = by_label(figure, period)
    before = by_label(figure, period.before) if period.compares else None
    total = sum(found.values())
    names = [*Channel.choices, ("", _("Not known"))]
    href = entries(Action.ACTIVATE, period, only=NEW if figure == "signups" else "renewals")
    return Table(
        key=key,
        title=title,
        unit=_("digital IDs issued"),
        definition=key,
        columns=[
            Column("channel", _("Channel"), Kind.WORDS),
            count,
            *([] if before is None else [Column("before", _("Period before"), charted=True)]),
            Column("share", _("Share"), Kind.SHARE),
        ],
        rows=[
            Row(
                [
                    str(way),
                    found[code],
                    *([] if before is None else [before[code]]),
                    100 * found[code] / total if total else None,
                ],
                href=href,
            )
            for code, way in names
            if code or found[code] or (before and before[code])
        ],
        summed=(count.key, "before"),
        chart="bars",
    )

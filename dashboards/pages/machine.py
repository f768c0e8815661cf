"""The machine's jobs, and whether its scores drift."""

import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.outbox.models import Job, JobState
from dashboards.counting.facts import SCORE_BINS
from dashboards.periods import Period
from dashboards.sums import as_bins, by_label, by_week_and_label, quantile
from dashboards.tables import Column, Kind, Row, Table

CHECKS = ("face_match", "liveness")
QUANTILES = (0.1, 0.5, 0.9)


def machine_tables(period: Period) -> list[Table]:
    scores = by_week_and_label("scores", period)
    return [_jobs(period), *(_drift(check, scores) for check in CHECKS)]


def _jobs(period: Period) -> Table:
    """The queue as it is now, and how long checking took in the period."""
    now = Job.objects.filter(state__in=[JobState.READY, JobState.CLAIMED]).aggregate(
        queued=Count("pk", filter=Q(state=JobState.READY)),
        running=Count("pk", filter=Q(state=JobState.CLAIMED)),
        oldest=Min("created_at", filter=Q(not_before__lte=timezone.now())),
    )
    age = (timezone.now() - now["oldest"]).total_seconds() if now["oldest"] else None
    bins = as_bins(by_label("checks", period), "time")
    parked = by_label("parked", period).total()
    times = [quantile(bins, share) for share in (0.5, 0.9, 0.99)]
    return Table(
        key="jobs",
        title=_("The machine's jobs"),
        unit=_("jobs; from the selfie to the result"),
        definition="jobs",
        columns=[
            Column("queue", _("Queue"), Kind.WORDS),
            Column("queued", _("Waiting")),
            Column("running", _("Running")),
            Column("oldest", _("Oldest waits for"), Kind.TIME),
            Column("p50", _("Half within"), Kind.TIME),
            Column("p90", _("90% within"), Kind.TIME),
            Column("p99", _("99% within"), Kind.TIME),
            Column("failed", _("Given up")),
        ],
        rows=[Row([_("Checks"), now["queued"], now["running"], age, *times, parked])],
    )


def _drift(check: str, scores: dict[tuple[datetime.date, str], int]) -> Table:
    weeks: dict[datetime.date, dict[int, int]] = {}
    for (monday, label), count in scores.items():
        name, _colon, number = label.partition(":")
        if name == check:
            weeks.setdefault(monday, {})[int(number)] = count
    titles = {
        "face_match": _("Likeness of selfie and card, by week"),
        "liveness": _("Score of a living face, by week"),
    }
    return Table(
        key=check,
        title=titles[check],
        unit=_("score from 0 to 1"),
        definition="scores",
        columns=[
            Column("week", _("Week from"), Kind.DAY),
            Column("low", _("10% below"), Kind.RATE, charted=True),
            Column("middle", _("Half below"), Kind.RATE, charted=True),
            Column("high", _("90% below"), Kind.RATE, charted=True),
            Column("count", _("Checks")),
        ],
        rows=[
            Row([week, *(_score(bins, share) for share in QUANTILES), sum(bins.values())])
            for week, bins in sorted(weeks.items(), reverse=True)
        ],
        chart="weeks",
    )


def _score(bins: dict[int, int], share: float) -> float:
    """The score below which a share lies, evenly spread within its bin."""
    wanted, seen = share * sum(bins.values()), 0
    for number in sorted(bins):
        if seen + bins[number] >= wanted:
            return (number + (wanted - seen) / bins[number]) / SCORE_BINS
        seen += bins[number]
    return 1.0

"""Days and offices that are not as usual, so that somebody looks."""

import datetime
from dataclasses import dataclass
from math import sqrt

from django.db.models import F, Q, Sum
from django.db.models.functions import Length

from dashboards.left_behind import left_behind
from dashboards.models import Counter
from dashboards.sums import Days
from dashboards.values.table import Numbers
from offices.models import Office

WEEKS = 4
USUAL_DAYS = 28
OFFICE_CODE = 4  # digits; provinces have 2
SHOWN = 3


@dataclass(frozen=True)
class Anomaly:
    """`kind` is "drop", "spike", "surge", or that of a `group` (left_behind.Gap), whose numbers are
    percents: of it, and of the others. `office` with a surge only.
    """

    kind: str
    day: datetime.date
    count: int
    usual: int
    office: Office | None = None
    group: str = ""


def anomalies(days: Days, today: datetime.date, limits: Numbers) -> list[Anomaly]:
    """What was unusual about yesterday: the country against the four same weekdays before, each
    office against its last 28 days; and which groups of people fare worse with the machine.
    """
    yesterday = today - datetime.timedelta(days=1)
    country = of_country(days, yesterday, limits)
    groups = [
        Anomaly(gap.kind, today, gap.share, gap.usual, group=gap.group)
        for gap in left_behind(today, limits)
    ]
    return [*([country] if country else []), *_surges(yesterday, limits), *groups]


def of_country(days: Days, day: datetime.date, limits: Numbers) -> Anomaly | None:
    """A drop or a spike of the whole country on a day."""
    same = [days.get(day - datetime.timedelta(weeks=back), 0) for back in range(1, WEEKS + 1)]
    usual, count = sum(same) / WEEKS, days.get(day, 0)
    low, high = _percent(limits["drop"], usual), _percent(limits["spike"], usual)
    if min(same) < (limits["fewest"] or 0) or low <= count <= high:
        return None
    return Anomaly("drop" if count < usual else "spike", day, count, round(usual))


def is_surge(now: int, earlier: int, limits: Numbers) -> bool:
    """Whether an office's day is beyond what chance brings. `earlier`: of the 28 days before."""
    usual = earlier / USUAL_DAYS
    beyond = usual + (limits["deviations"] or 0) * sqrt(usual + 1)
    return now >= (limits["fewest"] or 0) and earlier > 0 and now > beyond


def _percent(limit: int | None, usual: float) -> float:
    return (limit or 0) / 100 * usual


def _surges(day: datetime.date, limits: Numbers) -> list[Anomaly]:
    since = day - datetime.timedelta(days=USUAL_DAYS)
    rows = (
        Counter.objects.annotate(digits=Length("area"))
        .filter(figure="signups", day__range=(since, day), digits=OFFICE_CODE)
        .values_list("area")
        .annotate(
            now=Sum("count", filter=Q(day=day), default=0),
            earlier=Sum("count", filter=Q(day__lt=day), default=0),
        )
        .filter(now__gte=limits["fewest"], earlier__lt=USUAL_DAYS * F("now"))
    )
    far = []
    for area, now, earlier in rows:
        usual = earlier / USUAL_DAYS
        if is_surge(now, earlier, limits):
            far.append((now / (usual + 1), area, now, usual))
    far = sorted(far, reverse=True)[:SHOWN]
    offices = Office.objects.in_bulk([area for _times, area, _now, _usual in far])
    return [
        Anomaly("surge", day, now, round(usual), offices[area])
        for _times, area, now, usual in far
        if area in offices
    ]

"""Days and offices that are not as usual, so that somebody looks."""

import datetime
from dataclasses import dataclass
from math import sqrt

from django.db.models import Q, Sum
from django.db.models.functions import Length

from dashboards.left_behind import left_behind
from dashboards.models import Counter
from dashboards.sums import Days
from offices.models import Office

DROP, SPIKE = 0.6, 1.6
WEEKS = 4
USUAL_DAYS = 28
# What chance alone brings to one office of a thousand stays below five deviations.
OFFICE_CODE = 4  # digits; provinces have 2
DEVIATIONS, FEWEST, SHOWN = 5, 20, 3


@dataclass(frozen=True)
class Anomaly:
    """`kind` is "drop", "spike", "surge" or "group"; `office` with a surge only. Of a `group`, both
    numbers are percents that the machine passed: of it, and of the others.
    """

    kind: str
    day: datetime.date
    count: int
    usual: int
    office: Office | None = None
    group: str = ""


def anomalies(days: Days, today: datetime.date) -> list[Anomaly]:
    """What was unusual about yesterday: the country against the four same weekdays before, each
    office against its last 28 days; and which groups of people the machine passes less often.
    """
    yesterday = today - datetime.timedelta(days=1)
    same = [days.get(yesterday - datetime.timedelta(weeks=back), 0) for back in range(1, WEEKS + 1)]
    usual, count = sum(same) / WEEKS, days.get(yesterday, 0)
    found = []
    if min(same) >= FEWEST and not DROP * usual <= count <= SPIKE * usual:
        kind = "drop" if count < usual else "spike"
        found.append(Anomaly(kind, yesterday, count, round(usual)))
    groups = [
        Anomaly("group", today, share, usual, group=group)
        for group, share, usual in left_behind(today)
    ]
    return found + _surges(yesterday) + groups


def _surges(day: datetime.date) -> list[Anomaly]:
    since = day - datetime.timedelta(days=USUAL_DAYS)
    rows = (
        Counter.objects.annotate(digits=Length("area"))
        .filter(figure="signups", day__range=(since, day), digits=OFFICE_CODE)
        .values("area")
        .annotate(
            now=Sum("count", filter=Q(day=day), default=0),
            earlier=Sum("count", filter=Q(day__lt=day), default=0),
        )
        .filter(now__gte=FEWEST)
    )
    far = []
    for row in rows:
        usual = row["earlier"] / USUAL_DAYS
        if row["earlier"] and row["now"] > usual + DEVIATIONS * sqrt(usual + 1):
            far.append((row["now"] / (usual + 1), row["area"], row["now"], usual))
    far = sorted(far, reverse=True)[:SHOWN]
    offices = Office.objects.in_bulk([area for _times, area, _now, _usual in far])
    return [
        Anomaly("surge", day, now, round(usual), offices[area])
        for _times, area, now, usual in far
        if area in offices
    ]

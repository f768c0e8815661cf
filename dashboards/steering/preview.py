"""On which of the last days an alert would have been raised, from the counters that are there."""

import datetime
from collections import Counter as Tally
from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import Length

from dashboards.anomalies import OFFICE_CODE, USUAL_DAYS, is_surge, of_country
from dashboards.left_behind import DAYS, gaps_in
from dashboards.models import Counter
from dashboards.sums import Days, by_day, by_day_and_label
from dashboards.values.table import Numbers

SPAN = 90
DAY = datetime.timedelta(days=1)


class Past:
    """The sign-ups and checks of the last whole days, read once for any number of limits."""

    def __init__(self, today: datetime.date) -> None:
        self.days = [today - back * DAY for back in range(1, SPAN + 1)]
        self.signups = by_day("signups", None)
        self.offices = _by_office(today - (SPAN + USUAL_DAYS) * DAY, today - DAY)
        self.groups = _by_day_of_groups(today)

    def raised(self, kinds: frozenset[str], limits: Numbers) -> int:
        """On how many of the days at least one alert of these kinds would have been raised."""
        return sum(any(kind in kinds for kind in self._kinds(day, limits)) for day in self.days)

    def _kinds(self, day: datetime.date, limits: Numbers) -> Iterator[str]:
        country = of_country(self.signups, day, limits)
        if country:
            yield country.kind
        before = [day - back * DAY for back in range(1, USUAL_DAYS + 1)]
        for counts in self.offices.values():
            if day in counts and is_surge(
                counts[day], sum(counts.get(one, 0) for one in before), limits
            ):
                yield "surge"
                break
        window: Tally[str] = Tally()
        for back in range(DAYS + 1):  # what was told on the morning after
            window.update(self.groups.get(day + DAY - back * DAY, {}))
        yield from {gap.kind for gap in gaps_in(window, limits)}


def _by_office(first: datetime.date, last: datetime.date) -> dict[str, Days]:
    rows = (
        Counter.objects.annotate(digits=Length("area"))
        .filter(figure="signups", day__range=(first, last), digits=OFFICE_CODE)
        .values_list("area", "day")
        .annotate(Sum("count"))
    )
    found: dict[str, Days] = {}
    for area, day, count in rows:
        found.setdefault(area, {})[day] = count
    return found


def _by_day_of_groups(today: datetime.date) -> dict[datetime.date, dict[str, int]]:
    days = [today - back * DAY for back in range(SPAN + DAYS + 1)]
    found: dict[datetime.date, dict[str, int]] = {}
    for (day, label), count in by_day_and_label("groups", days=days).items():
        found.setdefault(day, {})[label] = count
    return found

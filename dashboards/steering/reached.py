"""On how many of the last whole days a target would have been met."""

import datetime

from django.utils import timezone

from dashboards.pages.daily import hours_within, share_by_machine
from dashboards.periods import Period
from dashboards.sums import by_day
from dashboards.values.targets import Daily, met_on


def reached(key: str, target: int | None, *, days: int) -> tuple[int, int]:
    """Days on which it was met, and days that have a figure at all."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    period = Period(yesterday - datetime.timedelta(days=days - 1), yesterday, "own")
    daily = _daily(key, period)
    return (0 if target is None else met_on(key, target, daily)), len(daily)


def _daily(key: str, period: Period) -> Daily:
    if key == "signups":
        found = by_day("signups", period)
        return {day: found.get(day, 0) for day in period.all_days}
    if key == "wait":
        return {day: times[1] for day, times in hours_within(period).items()}
    return {day: share for day, (share, _count) in share_by_machine(period).items()}

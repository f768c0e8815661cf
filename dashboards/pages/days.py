"""Rows of days, or of months where days would be too many to read."""

import calendar
import datetime
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from dashboards.periods import Period
from dashboards.sums import Days
from dashboards.tables import Row

MOST_DAYS = 400
Stretch = tuple[datetime.date, datetime.date]
GROWING = frozenset({"sign_ups"})


def day_rows(days: Days, period: Period, before: Period | None = None) -> list[Row]:
    """Newest first: the day, its count, that of the period before, and the sum since the pilot."""
    earlier = sum(count for day, count in days.items() if day < period.start)
    counts = [days.get(day, 0) for day in period.all_days]
    in_all = list(accumulate(counts, initial=earlier))[1:]
    columns = [period.all_days, counts, in_all]
    if before:
        columns.insert(2, [days.get(day, 0) for day in before.all_days])
    rows = [list(values) for values in zip(*columns, strict=True)]
    now: object = timezone.localdate()
    if len(rows) > MOST_DAYS:
        now = f"{timezone.localdate():%Y-%m}"
        rows = [_month(list(month)) for _key, month in groupby(rows, key=_month_of)]
    return [_row(values, now) for values in reversed(rows)]


def _row(values: list[Any], unfinished: object) -> Row:
    """What is called as today is, or as this month, is not over: its sign-ups still grow."""
    growing = GROWING if values[0] == unfinished else frozenset()
    return Row(values, href=on_days("where", *stretch_of(values[0])), unfinished=growing)


def stretch_of(value: datetime.date | str) -> Stretch:
    """The first and last day of what a row is called by: a day, or a month like 2026-11."""
    if isinstance(value, datetime.date):
        return value, value
    year, month = map(int, value.split("-"))
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, last)


def on_days(page: str, first: datetime.date, last: datetime.date) -> str:
    """The address of a page for these days, the finer figures behind a row; not beyond today."""
    until = min(last, timezone.localdate())
    return f"{_address_of(page)}?{Period(first, until, 'own').query}"


@lru_cache
def _address_of(page: str) -> str:
    """Each row has one: made anew, they cost as much as the figures."""
    return reverse(f"dashboards:{page}")


def _month_of(values: list[Any]) -> tuple[int, int]:
    return values[0].year, values[0].month


def _month(rows: list[list[Any]]) -> list[Any]:
    first: datetime.date = rows[0][0]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:-1]]
    return [f"{first:%Y-%m}", *sums, rows[-1][-1]]

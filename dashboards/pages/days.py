"""Rows of days, or of months where days would be too many to read."""

import datetime
from itertools import accumulate, groupby
from typing import Any

from dashboards.periods import Period
from dashboards.sums import Days
from dashboards.tables import Row

MOST_DAYS = 400


def day_rows(days: Days, period: Period, before: Period | None = None) -> list[Row]:
    """Newest first: the day, its count, that of the period before, and the sum since the pilot."""
    earlier = sum(count for day, count in days.items() if day < period.start)
    counts = [days.get(day, 0) for day in period.all_days]
    in_all = list(accumulate(counts, initial=earlier))[1:]
    columns = [period.all_days, counts, in_all]
    if before:
        columns.insert(2, [days.get(day, 0) for day in before.all_days])
    rows = [list(values) for values in zip(*columns, strict=True)]
    if len(rows) > MOST_DAYS:
        rows = [_month(list(month)) for _key, month in groupby(rows, key=_month_of)]
    return [Row(values) for values in reversed(rows)]


def _month_of(values: list[Any]) -> tuple[int, int]:
    return values[0].year, values[0].month


def _month(rows: list[list[Any]]) -> list[Any]:
    first: datetime.date = rows[0][0]
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:-1]]
    return [f"{first:%Y-%m}", *sums, rows[-1][-1]]

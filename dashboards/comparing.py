"""What a table says beside its counts: the change since the period before, and the sums."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.periods import Period
from dashboards.privacy import Hidden
from dashboards.tables import Column, Kind, Table, Value, as_number

STILL_GROWS = gettext_lazy("Today is not over: what it still adds to has no change in percent.")
BEFORE = "before"  # its column stands right after that of the count it is compared with


def change(now: Value, before: Value) -> float | None:
    """Percent more, or less; None of nothing, and of what is not told."""
    told = all(isinstance(one, int) and not isinstance(one, Hidden) for one in (now, before))
    return (
        100 * (as_number(now) - as_number(before)) / as_number(before) if told and before else None
    )


def completed(table: Table, period: Period) -> Table:
    """The table with its column of changes, where it compares, and its sums, where it has any."""
    return _with_change(_with_total(table), period)


def _with_total(table: Table) -> Table:
    """Where a number is not told there is no sum either: it would be told by it."""
    columns = list(zip(*(row.values for row in table.rows), strict=True))
    if not table.summed or any(isinstance(value, Hidden) for one in columns for value in one):
        return table
    summed = {column.key: values for column, values in zip(table.columns, columns, strict=False)}
    total: list[Value] = [
        int(sum(map(as_number, summed.get(column.key, ())))) if column.key in table.summed else None
        for column in table.columns[1:]
    ]
    return replace(table, total=total)


def _with_change(table: Table, period: Period) -> Table:
    """What still grows is compared with nothing that is whole: in a table by days the last rows, in
    any other each, and all sums.
    """
    keys = [column.key for column in table.columns]
    if BEFORE not in keys:
        return table
    at = keys.index(BEFORE) + 1
    columns = [
        *table.columns[:at],
        Column("change", _("Change in percent"), Kind.CHANGE),
        *table.columns[at:],
    ]
    by_days = any(row.unfinished for row in table.rows)
    grows = not period.is_over
    others = grows and not by_days
    rows = [
        replace(row, values=_widened(row.values, at, grows=bool(row.unfinished) or others))
        for row in table.rows
    ]
    total = _widened(table.total, at - 1, grows=grows) if table.total else table.total
    note = f"{table.note} {STILL_GROWS}".strip() if grows else table.note
    return replace(table, columns=columns, rows=rows, total=total, note=note)


def _widened(values: Sequence[Value], at: int, *, grows: bool) -> list[Value]:
    told = None if grows else change(values[at - 2], values[at - 1])
    return [*values[:at], told, *values[at:]]

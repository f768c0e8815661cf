"""What a table says beside its counts: the change since the period before, and the sums."""

from dataclasses import replace

from django.utils.translation import gettext as _

from dashboards.privacy import Hidden
from dashboards.tables import Column, Kind, Row, Table, Value, as_number

BEFORE = "before"  # its column stands right after that of the count it is compared with


def change(now: Value, before: Value) -> float | None:
    """Percent more, or less; None of nothing, and of what is not told."""
    told = all(isinstance(one, int) and not isinstance(one, Hidden) for one in (now, before))
    return (
        100 * (as_number(now) - as_number(before)) / as_number(before) if told and before else None
    )


def completed(table: Table) -> Table:
    """The table with its column of changes, where it compares, and its sums, where it has any."""
    return _with_change(_with_total(table))


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


def _with_change(table: Table) -> Table:
    keys = [column.key for column in table.columns]
    if BEFORE not in keys:
        return table
    at = keys.index(BEFORE) + 1
    columns = [
        *table.columns[:at],
        Column("change", _("Change in percent"), Kind.CHANGE),
        *table.columns[at:],
    ]
    rows = [replace(row, values=_widened(row, at)) for row in table.rows]
    total = list(table.total)
    if total:  # without the head: one to the left
        total.insert(at - 1, change(total[at - 3], total[at - 2]))
    return replace(table, columns=columns, rows=rows, total=total)


def _widened(row: Row, at: int) -> list[Value]:
    """What still grows is compared with nothing that is whole."""
    values = list(row.values)
    values.insert(at, None if row.unfinished else change(values[at - 2], values[at - 1]))
    return values

"""The notes in the tables by day, week or month: as marks of the chart and in a column."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from core.templatetags.thai import people_date
from dashboards.models import Note
from dashboards.pages.days import Stretch, stretch_of
from dashboards.periods import Period
from dashboards.tables import Column, Kind, Mark, Row, Table, Value

WEEKS = "weeks"  # the chart of tables whose days are Mondays
LAST_OF_WEEK = datetime.timedelta(days=6)


def with_notes(tables: Sequence[Table], period: Period) -> list[Table]:
    """The tables; those by day with what was noted of the days of the period."""
    if not any(table.head.kind == Kind.DAY for table in tables):
        return list(tables)
    found = Note.objects.filter(
        removed_at=None, first_day__lte=period.end, last_day__gte=period.start
    )
    marks = [Mark(note.first_day, note.last_day, str(note)) for note in found]
    return [_marked(table, marks) if table.head.kind == Kind.DAY else table for table in tables]


def _marked(table: Table, notes: Sequence[Mark]) -> Table:
    marks = sorted([*table.marks, *notes], key=lambda mark: mark.first_day)
    rows = [
        replace(row, values=[*row.values, "; ".join(_words_of(row, table, marks))])
        for row in table.rows
    ]
    total = [*table.total, None] if table.total else ()
    column = Column("notes", _("Notes"), Kind.WORDS)
    return replace(table, columns=[*table.columns, column], rows=rows, marks=marks, total=total)


def _words_of(row: Row, table: Table, marks: Sequence[Mark]) -> list[str]:
    """The marks of a day in words; of a longer stretch with their days."""
    first, last = _stretch(row.values[0], table)
    met = [mark for mark in marks if mark.first_day <= last and first <= mark.last_day]
    return [mark.words if first == last else f"{mark.words} ({days_words(mark)})" for mark in met]


def _stretch(value: Value, table: Table) -> Stretch:
    """The days of a row: one, a week or a month."""
    first, last = stretch_of(value if isinstance(value, datetime.date) else str(value))
    return first, last + LAST_OF_WEEK if table.chart == WEEKS else last


def rows_of(mark: Mark, table: Table) -> list[int]:
    """The places of the rows that a mark is about, from the oldest; rows come newest first."""
    oldest_first = [_stretch(row.values[0], table) for row in reversed(table.rows)]
    return [
        place
        for place, (first, last) in enumerate(oldest_first)
        if mark.first_day <= last and first <= mark.last_day
    ]


def days_words(mark: Mark) -> str:
    first = people_date(mark.first_day)
    if mark.first_day == mark.last_day:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": people_date(mark.last_day)}

"""A table of figures: the page shows it, draws its chart from it, and hands it out as a file."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.thai import people_date
from dashboards.privacy import Hidden

MINUTE, HOUR, DAY = 60, 3600, 86400


class Kind(StrEnum):
    """How a column's values read."""

    WORDS = "words"
    DAY = "day"
    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    CHANGE = "change"
    TIME = "time"
    TREND = "trend"


Value = str | datetime.date | int | float | list[int] | None  # a list is a trend


@dataclass(frozen=True)
class Column:
    """`charted`: the chart draws it. `key` is its name in files and in the API."""

    key: str
    name: str
    kind: Kind = Kind.COUNT
    charted: bool = False


@dataclass(frozen=True)
class Row:
    """`unfinished` are keys of columns whose value still grows: no chart draws it as a plunge."""

    values: Sequence[Value]
    href: str = ""
    unfinished: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mark:
    """What was about some days, in words, for the chart and the column beside its figures."""

    first_day: datetime.date
    last_day: datetime.date
    words: str


class Target(NamedTuple):
    """A line in the chart, with its words."""

    value: int
    words: str


@dataclass(frozen=True)
class Table:
    """`definition` is a key of dashboards.definitions. The first column heads the rows.
    `sorted_by` is the key of the column that a reader has sorted by, "" where nobody can.
    """

    key: str
    title: str
    unit: str
    definition: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    chart: str = ""
    note: str = ""
    sorted_by: str = ""
    marks: Sequence[Mark] = ()
    target: Target | None = None
    summed: Sequence[str] = ()  # keys of the columns that have a sum below
    total: Sequence[Value] = ()  # a cell for each column but the head, where there are sums

    @property
    def head(self) -> Column:
        return self.columns[0]


def as_number(value: Value) -> float:
    """What a column of numbers holds, 0 for nothing."""
    return value if isinstance(value, int | float) else 0


def words(value: Value, kind: Kind) -> str:
    """A value as people read it."""
    if value is None:
        return "–"
    if isinstance(value, Hidden):
        return _("not shown")
    if kind == Kind.DAY and isinstance(value, datetime.date | str):
        return people_date(value)
    return _number_words(value, kind) if isinstance(value, int | float) else str(value)


def _number_words(value: float, kind: Kind) -> str:
    if kind == Kind.TIME:
        return time_words(value)
    places = {Kind.COUNT: 0, Kind.SHARE: 1, Kind.RATE: 2, Kind.CHANGE: 1}
    if kind not in places:
        return str(value)
    text = number_format(value, decimal_pos=places[kind], use_l10n=True, force_grouping=True)
    if kind == Kind.CHANGE:
        return f"+{text}%" if value > 0 else f"{text}%"
    return f"{text}%" if kind == Kind.SHARE else text


def time_words(seconds: float) -> str:
    """Two digits are enough: medians come from bins 9 % wide."""
    if seconds < MINUTE:
        return _("%(number)s s") % {"number": number_format(seconds, 0 if seconds >= 10 else 1)}  # noqa: PLR2004
    if seconds < HOUR:
        return _("%(number)s min") % {"number": number_format(seconds / MINUTE, 1)}
    if seconds < 2 * DAY:
        return _("%(number)s h") % {"number": number_format(seconds / HOUR, 1)}
    days = round(seconds / DAY)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}

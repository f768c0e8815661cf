"""Tables as the templates take them. Rows are markup already: the template engine would take
longer over four hundred of them than all queries of the page together.
"""

import json
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.typing import StrOrPromise
from dashboards.definitions import DEFINITIONS
from dashboards.notes.marking import days_words, rows_of
from dashboards.privacy import Hidden
from dashboards.tables import Kind, Row, Table, Value, words

SPARK_WIDTH, SPARK_HEIGHT = 96, 24
LINK = '<th scope="row"><a href="{}">{}</a></th>'
HEAD = '<th scope="row">{}</th>'
# `data-number` is what a chart draws, "" for nothing.
NUMBER = '<td class="right number" data-number="{}">{}</td>'
SUM = '<td class="right number">{}</td>'
WORDS = '<td class="words">{}</td>'
TREND = (
    '<td class="right"><svg class="spark" viewBox="0 0 96 24" aria-hidden="true">'
    '<polyline points="{}"/></svg><span class="visually-hidden">{}</span></td>'
)


class ShownTable(NamedTuple):
    """`drawn` are the marks as the chart takes them, places counted from the oldest row."""

    table: Table
    rows: list[SafeString]
    definition: StrOrPromise
    marks: list[tuple[str, str]]
    drawn: str
    total: SafeString


def shown(table: Table) -> ShownTable:
    rows = [_cells(table, row) for row in table.rows]
    marks = [(days_words(mark), mark.words) for mark in table.marks]
    total = _sums(table) if table.total else SafeString()
    return ShownTable(table, rows, DEFINITIONS[table.definition][0], marks, _drawn(table), total)


def _drawn(table: Table) -> str:
    """A mark without a row of its own stands in the list alone."""
    placed = [
        {"from": places[0], "to": places[-1], "number": number, "words": mark.words}
        for number, mark in enumerate(table.marks, start=1)
        if (places := rows_of(mark, table))
    ]
    return json.dumps(placed, ensure_ascii=False) if placed else ""


def _sums(table: Table) -> SafeString:
    cells = [
        format_html(SUM, "" if value is None else words(value, column.kind))
        for column, value in zip(table.columns[1:], table.total, strict=True)
    ]
    return format_html(HEAD, _("In all")) + mark_safe("".join(cells))  # noqa: S308 - each escaped


def _cells(table: Table, row: Row) -> SafeString:
    name = words(row.values[0], table.head.kind)
    if row.unfinished:
        name = _("%(name)s (so far)") % {"name": name}
    cells = [format_html(LINK, row.href, name) if row.href else format_html(HEAD, name)]
    for column, value in zip(table.columns[1:], row.values[1:], strict=True):
        if column.kind == Kind.TREND:
            values = value if isinstance(value, list) else []
            cells.append(format_html(TREND, _points(values), ", ".join(map(str, values)) or "–"))
        elif column.kind == Kind.WORDS:
            cells.append(format_html(WORDS, value))
        else:
            drawn = "" if column.key in row.unfinished else _number(value)
            cells.append(format_html(NUMBER, drawn, words(value, column.kind)))
    return mark_safe("".join(cells))  # noqa: S308 - of parts that are each escaped


def _number(value: Value) -> str:
    if not isinstance(value, int | float) or isinstance(value, Hidden):
        return ""
    return str(round(value, 4))


def _points(values: list[int]) -> str:
    """The line of a trend in a box of SPARK_WIDTH by SPARK_HEIGHT."""
    if len(values) < 2:  # noqa: PLR2004 - a line needs two ends
        return ""
    top, step = max(values) or 1, SPARK_WIDTH / (len(values) - 1)
    rest = SPARK_HEIGHT - 2
    return " ".join(
        f"{number * step:.1f},{1 + rest - rest * value / top:.1f}"
        for number, value in enumerate(values)
    )

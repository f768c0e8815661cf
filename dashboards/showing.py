"""Tables as the templates take them: every cell with its words and its number."""

from typing import NamedTuple

from dashboards.definitions import DEFINITIONS
from dashboards.privacy import Hidden
from dashboards.tables import Kind, Row, Table, Value, words

SPARK_WIDTH, SPARK_HEIGHT = 96, 24


class Cell(NamedTuple):
    """`number` is what a chart draws, "" for nothing; `points` is a trend's line."""

    words: str
    number: str = ""
    points: str = ""
    href: str = ""


class ShownRow(NamedTuple):
    head: Cell
    cells: list[Cell]


class ShownTable(NamedTuple):
    table: Table
    rows: list[ShownRow]
    definition: str
    marks: list[tuple[str, str]]


def shown(table: Table) -> ShownTable:
    rows = [_row(table, row) for row in table.rows]
    marks = [(words(day, table.head.kind), name) for day, name in table.marks]
    return ShownTable(table, rows, DEFINITIONS[table.definition][0], marks)


def _row(table: Table, row: Row) -> ShownRow:
    cells = []
    for column, value in zip(table.columns, row.values, strict=True):
        if column.kind == Kind.TREND:
            cells.append(Cell(", ".join(map(str, value or [])), points=_points(value or [])))
        else:
            cells.append(Cell(words(value, column.kind), number=_number(value)))
    return ShownRow(cells[0]._replace(href=row.href), cells[1:])


def _number(value: Value) -> str:
    drawn = isinstance(value, int | float) and not isinstance(value, Hidden)
    return str(round(value, 4)) if drawn else ""


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

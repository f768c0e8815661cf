"""Tables as files: CSV for programs, XLSX for people, JSON for the API."""

import csv
import datetime
import io
from dataclasses import asdict

import xlsxwriter
from django.http import HttpResponse
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.tables import BYTE_ORDER_MARK, WORKBOOK, XLSX, day_format, harmless
from core.typing import Json
from dashboards.definitions import DEFINITIONS
from dashboards.privacy import Hidden
from dashboards.tables import Kind, Table, Value

FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0",
    Kind.RATE: "0.00",
    Kind.CHANGE: "0.0",
    Kind.TIME: "#,##0.0",
}


def plain(value: Value) -> str | int | float | None:
    """A value for a program: ISO days, seconds, "hidden" for what is not told."""
    if isinstance(value, Hidden):
        return "hidden"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return " ".join(map(str, value))
    return round(value, 4) if isinstance(value, float) else value


def as_data(table: Table) -> Json:
    """A table as the API gives it."""
    return {
        "key": table.key,
        "title": table.title,
        "unit": table.unit,
        "note": table.note,
        "definition": table.definition,
        "columns": [{"key": one.key, "name": one.name, "kind": one.kind} for one in table.columns],
        "rows": [
            {one.key: _data(value) for one, value in zip(table.columns, row.values, strict=True)}
            for row in table.rows
        ],
        "target": table.target and table.target._asdict(),
        "marks": [asdict(mark) for mark in table.marks],
    }


def _data(value: Value) -> Value:
    return value if isinstance(value, list) else plain(value)


def as_document(tables: list[Table], *, time: datetime.datetime) -> Json:
    """Tables with what they count and how old they are."""
    named = {one.definition: str(DEFINITIONS[one.definition][1]) for one in tables}
    return {"as_of": time, "definitions": named, "tables": [as_data(one) for one in tables]}


def csv_file(table: Table, *, name: str) -> HttpResponse:
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow([column.key for column in table.columns])
    writer.writerows([harmless(plain(value)) for value in row.values] for row in table.rows)
    return _attached(response, f"{name}-{table.key}.csv")


def xlsx_file(tables: list[Table], *, name: str, source: str) -> HttpResponse:
    """A sheet for each table, with what is counted and when below its title."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.key[:31])
            sheet.write_string(0, 0, str(harmless(table.title)), bold)
            below = " ".join(filter(None, [f"{table.unit}.", table.note, source]))
            sheet.write_string(1, 0, str(harmless(below)))
            sheet.write_row(2, 0, [harmless(column.name) for column in table.columns], bold)
            for number, column in enumerate(table.columns):
                form = book.add_format({"num_format": _written(column.kind)})
                sheet.set_column(number, number, 18, form)
                for line, row in enumerate(table.rows, start=3):
                    _write(sheet, line, number, row.values[number], form)
    return _attached(HttpResponse(buffer.getvalue(), content_type=XLSX), f"{name}.xlsx")


def _written(kind: Kind) -> str:
    return day_format() if kind == Kind.DAY else FORMATS.get(kind, "@")


def _write(sheet: Worksheet, line: int, number: int, value: Value, form: Format) -> None:
    if isinstance(value, datetime.date):
        midnight = datetime.datetime.combine(value, datetime.time())
        sheet.write_datetime(line, number, midnight, form)
    elif isinstance(value, int | float) and not isinstance(value, Hidden):
        sheet.write_number(line, number, value, form)
    elif value is not None:
        sheet.write_string(line, number, str(harmless(plain(value))))


def _attached(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

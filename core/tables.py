"""A table as a file: CSV that spreadsheets open in Thai, or XLSX. No cell is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeAlias

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

from core.thai_words import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for a formula, also in full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
KINDS = ("csv", "xlsx")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes Thai for something else
Cell: TypeAlias = str | int | float


def table_file(
    kind: str, *, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A download of `kind` ("csv" or "xlsx") named `name`, its first row the `head`."""
    make, content_type = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, XLSX)}[kind]
    body = make([[*map(harmless, head)], *([harmless(cell) for cell in row] for row in rows)])
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def csv_stream(name: str, rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """`rows` as the download `name`.csv, written while it is being sent: there may be millions."""
    lines = chain([BYTE_ORDER_MARK], (_csv_text([map(harmless, row)]) for row in rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    named = re.sub(r"[^\w-]", "", name)  # part of it may come from an address
    response["Content-Disposition"] = f'attachment; filename="{named}.csv"'
    return response


def harmless(cell: object) -> Cell:
    """Nothing that a spreadsheet would take for a formula; nothing at all as an empty text."""
    if isinstance(cell, int | float):
        return cell
    text = "" if cell is None else plain(str(cell))
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(rows: list[list[Cell]]) -> bytes:
    return (BYTE_ORDER_MARK + _csv_text(rows)).encode()


def _csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _xlsx(rows: list[list[Cell]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.autofit()
    return out.getvalue()

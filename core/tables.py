"""A table as a file: CSV that spreadsheets open in Thai, or XLSX. No cell is a formula."""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeAlias

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from core.templatetags.thai import people_time
from core.thai_words import plain

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would take for a formula, also in full width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
KINDS = ("csv", "xlsx")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes Thai for something else
# A day stays a day, which sorts, and is written in the reader's calendar: 1 is for Western digits,
# 07 the Buddhist one.
DAYS = {"th": "[$-1070000]d/mm/yyyy", "en": "d mmm yyyy"}
Cell: TypeAlias = str | int | float


def table_file(
    kind: str, *, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A download of `kind` ("csv" or "xlsx") named `name`, its first row the `head`. A cell that is
    a moment is one in the workbook too, and words in the other.
    """
    make, content_type = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, XLSX)}[kind]
    body = make([head, *rows])
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


def day_format() -> str:
    """How a workbook writes a day, in the calendar of whoever asks for it."""
    return DAYS["th" if get_language() == "th" else "en"]


def _csv(rows: list[Sequence[object]]) -> bytes:
    return (BYTE_ORDER_MARK + _csv_text([map(_in_words, row) for row in rows])).encode()


def _in_words(cell: object) -> Cell:
    return people_time(cell) if isinstance(cell, datetime.datetime) else harmless(cell)


def _csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _xlsx(rows: list[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, WORKBOOK) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        moment = book.add_format({"num_format": f"{day_format()} hh:mm"})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime.datetime):
                    sheet.write_datetime(at, place, timezone.make_naive(cell), moment)
                else:
                    sheet.write(at, place, harmless(cell))
        sheet.autofit()
    return out.getvalue()

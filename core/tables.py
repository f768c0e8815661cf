"""A table as a file: CSV that spreadsheets open in Thai, or XLSX."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
KINDS = ("csv", "xlsx")


def table_file(
    kind: str, *, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """A download of `kind` ("csv" or "xlsx") named `name`, its first row the `head`."""
    make, content_type = {"csv": (_csv, "text/csv; charset=utf-8"), "xlsx": (_xlsx, XLSX)}[kind]
    body = make([list(map(str, head)), *([_plain(cell) for cell in row] for row in rows)])
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(
        body, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def _plain(cell: object) -> str | int | float:
    if isinstance(cell, int | float):
        return cell
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(rows: list[list]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.autofit()
    return out.getvalue()

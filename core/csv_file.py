"""Tables that a browser downloads line by line."""

import csv
import io
from collections.abc import Iterable

from django.http import StreamingHttpResponse

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes Thai for something else


def csv_file(name: str, rows: Iterable[tuple]) -> StreamingHttpResponse:
    """`rows` as the download `name`.csv, written while it is being sent."""
    lines = (BYTE_ORDER_MARK * (place == 0) + _csv_line(row) for place, row in enumerate(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_line(row: tuple) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(row)
    return text.getvalue()

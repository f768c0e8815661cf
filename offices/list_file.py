"""A file of people to be invited: addresses, names and offices' codes, a line each."""

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from core.tables import FORMULA

MOST_BYTES = 512 * 2**10
LONGEST_LINE = 2_000
UNSEEN = "\u200b\u2060\ufeff"
TEMPLATE = ("email", "name", "office")
# What the columns are called, by us and by people.
HEADS = {
    "email": "email", "e-mail": "email", "อีเมล": "email",
    "name": "name", "ชื่อ": "name", "ชื่อ-สกุล": "name", "ชื่อและนามสกุล": "name",
    "office": "office", "office code": "office", "สำนักทะเบียน": "office",
    "รหัสสำนักทะเบียน": "office",
}  # fmt: skip
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # XLSX, XLS


class BadList(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """`number` is the one that a spreadsheet shows; 0 where it came from no file."""

    number: int
    email: str
    name: str
    office: str


def read_list(data: bytes) -> list[Line]:
    """The lines of a CSV file; raises BadList. What they say is not looked at yet."""
    if len(data) > MOST_BYTES:
        raise BadList(_("The file is too large. Please split it by province."))
    text = _text_of(data)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return list(_lines(reader))
    except csv.Error as error:
        number = str(reader.line_num)
        raise BadList(_("Line %(number)s cannot be read.") % {"number": number}) from error


def _text_of(data: bytes) -> str:
    """UTF-8 or UTF-16, or what Excel in Thailand saves as plain CSV."""
    if data.startswith(WORKBOOKS):
        raise BadList(_("This is a workbook. Please save it as “CSV UTF-8” and choose that file."))
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if utf_16 else ["utf-8-sig", "cp874"]:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if not any(unicodedata.category(one) == "Cc" and one not in "\r\n\t" for one in text):
            return text
    raise BadList(_("The letters of this file cannot be read. Please save it as “CSV UTF-8”."))


def _lines(reader: "csv._reader") -> Iterator[Line]:  # type: ignore[name-defined]  # typeshed's own
    columns: list[str] | None = None
    most, seen = settings.LIST_LINES_AT_MOST, 0
    for cells in reader:
        row = [_clean(cell) for cell in cells]
        if not any(row):
            continue
        if columns is None:
            columns = _columns(row)
            continue
        seen += 1
        if seen > most:
            words = _("The file has more than %(most)s people. Please split it by province.")
            raise BadList(words % {"most": f"{most:,}"})
        yield _line(reader.line_num, columns, row)
    if not seen:
        raise BadList(_("The file names nobody."))


def _clean(cell: str) -> str:
    """Without what word processors put between Thai words, and nobody sees."""
    seen = "".join(sign for sign in cell if sign not in UNSEEN).strip()
    # A longer one is refused as it is: putting its marks in order might take very long.
    return seen if len(seen) > LONGEST_LINE else unicodedata.normalize("NFC", seen)


def _columns(row: list[str]) -> list[str]:
    found = [HEADS.get(cell.lower(), "") for cell in row]
    if sorted(filter(None, found)) != sorted(TEMPLATE):
        raise BadList(
            _("The first line has to name the columns email, name and office, each once.")
        )
    return found


def _line(number: int, columns: list[str], row: list[str]) -> Line:
    if len(row) != len(columns) or sum(map(len, row)) > LONGEST_LINE:
        words = _("Line %(number)s has other columns than the first line.")
        raise BadList(words % {"number": str(number)})
    said = dict(zip(columns, row, strict=True))
    return Line(number, said["email"].lower(), said["name"], said["office"])


def is_formula(cell: str) -> bool:
    return cell.startswith(FORMULA)


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """As they are kept."""
    return [list(astuple(line)[1:]) for line in lines]


def lines_of(rows: list[list[str]]) -> list[Line]:
    return [Line(number, *row) for number, row in enumerate(rows, 1)]


def digest_of(rows: list[list[str]], *, office: str | None) -> str:
    """Of the lines and of whose list it is: a supervisor's is none of the administrators'."""
    text = json.dumps([office, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

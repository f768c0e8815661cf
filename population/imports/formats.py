"""How a file is written: its container, encoding, separator and line ends.

Found once from the file's beginning, and only where that leaves no doubt: a header is ASCII and
names its columns, so only the right reading finds them; Windows-874, which any bytes would pass
for, has to give titles of people. The next file may be of another tool.
"""

import codecs
import csv
import errno
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import IO, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.titles import sex_of
from core.typing import Json
from population.imports.contract import BadFile
from population.imports.sources import Source

HEAD_BYTES = 64 * 2**10
PLAIN, GZIP, PARQUET = "CSV", "CSV.gz", "Parquet"
CONTAINERS = {b"PAR1": PARQUET, b"\x1f\x8b": GZIP}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_8, THAI = "utf-8", "cp874"
ENCODINGS = {
    UTF_8: "UTF-8",
    THAI: "Windows-874 (TIS-620)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}
MARKS = {  # the mark of UTF-32 begins with that of UTF-16
    codecs.BOM_UTF8: UTF_8,
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
MARK = "\ufeff"
HALVES = {0: "utf-16-be", 1: "utf-16-le"}  # which byte of the first letter is none, unmarked
SEPARATORS = (",", ";", "\t", "|")
SAID = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)  # how Excel lets a file say it
LINE_END = re.compile("\r\n|\n|\r")
MISSING = gettext_noop("Columns are missing: %(columns)s.")
UNREAD = gettext_noop("The file cannot be read (%(error)s).")
UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: gettext_noop("There is no such file."),
    PermissionError: gettext_noop("This server may not read the file."),
}
Text: TypeAlias = IO[bytes] | gzip.GzipFile
LEAST_TITLES = 0.5  # of the lines; the other people have ranks


@dataclass(frozen=True)
class FileFormat:
    """`line_end` is "\\r" where that alone ends a line. `said`: a line `sep=` goes before the
    header. Of a Parquet file only the container counts.
    """

    container: str = PLAIN
    encoding: str = UTF_8
    separator: str = ","
    line_end: str = "\n"
    said: bool = False

    @property
    def converted(self) -> bool:
        return self.encoding != UTF_8 or self.line_end != "\n"

    @property
    def from_the_start(self) -> bool:
        """Whether reading cannot begin in the middle."""
        return self.container == GZIP or self.converted


def find_format(source: Source, columns: tuple[str, ...]) -> FileFormat:
    """Raises BadFile for a file without these columns, or of a format that is in doubt."""
    magic = _first_bytes(source)
    container = next((CONTAINERS[one] for one in CONTAINERS if magic.startswith(one)), PLAIN)
    if container == PARQUET:
        return FileFormat(container)
    with damage_in_words(), unpacked(source, container) as (file, _raw):
        head = file.read(HEAD_BYTES)
    return format_of(head, columns, container=container)


def format_of(head: bytes, columns: tuple[str, ...], *, container: str = PLAIN) -> FileFormat:
    """The format of a file that begins like this; raises BadFile."""
    if head.startswith(WORKBOOKS):
        raise BadFile(gettext_noop("The file is a workbook or a ZIP. Save it as CSV UTF-8."))
    encoding, text = _decoded(head)
    end = LINE_END.search(text)
    first, second, *_others = [*LINE_END.split(text, 2), ""]
    said = SAID.match(first)
    header = second if said else first
    separator = said[1] if said else _separator(header, columns)
    _check(header, separator, columns)
    if encoding == THAI and not _names_people(text, header, separator):
        raise BadFile(
            gettext_noop("The file is not UTF-8, and read as Windows-874 it names no people.")
        )
    line_end = "\r" if end and end[0] == "\r" else "\n"
    return FileFormat(container, encoding, separator, line_end, bool(said))


def _decoded(head: bytes) -> tuple[str, str]:
    """The encoding and the text, without its mark; raises BadFile."""
    encoding = next((MARKS[mark] for mark in MARKS if head.startswith(mark)), "")
    if not encoding:
        encoding = HALVES.get(head[:2].find(b"\0"), UTF_8)
    final = len(head) < HEAD_BYTES
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final)
    except UnicodeDecodeError as error:
        # Thai in UTF-8 has bytes that Windows-874 has no letter for, in nearly every line.
        with suppress(UnicodeDecodeError):
            return THAI, head.decode(THAI if encoding == UTF_8 else encoding)
        line = len(LINE_END.findall(head[: error.start].decode(encoding, "ignore"))) + 1
        raise BadFile(
            gettext_noop(
                "Line %(line)s is not %(encoding)s, and the file is not plainly Windows-874. "
                "Save it as UTF-8."
            ),
            line=f"{line:,}",
            encoding=ENCODINGS[encoding],
        ) from error
    return encoding, text.removeprefix(MARK)


def _separator(header: str, columns: tuple[str, ...]) -> str:
    """The one by which the most columns are found: their names hold none of them."""
    return max(SEPARATORS, key=lambda one: len({*names_of(header, one)} & {*columns}))


def _check(header: str, separator: str, columns: tuple[str, ...]) -> None:
    if separator not in SEPARATORS:
        raise BadFile(
            gettext_noop("Line 1 names a separator that is neither , nor ; nor a tab nor |.")
        )
    names = names_of(header, separator)
    if missing := [name for name in columns if name not in names]:
        raise BadFile(MISSING, columns=", ".join(missing))
    if twice := [name for name in columns if names.count(name) > 1]:
        raise BadFile(
            gettext_noop("Columns are there twice: %(columns)s."), columns=", ".join(twice)
        )


def names_of(header: str, separator: str) -> list[str]:
    """The columns' names as a header has them."""
    row = next(csv.reader([header.rstrip("\r\n")], delimiter=separator), [])
    return [name.strip() for name in row]


def _names_people(text: str, header: str, separator: str) -> bool:
    place = names_of(header, separator).index("title_th")
    lines = LINE_END.split(text)[1:-1] or LINE_END.split(text)[1:]
    rows = [line.split(separator) for line in lines if line.strip()]
    titles = [row[place].strip(' "') for row in rows if len(row) > place]
    return sum(map(bool, map(sex_of, titles))) >= max(1, LEAST_TITLES * len(titles))


def _first_bytes(source: Source) -> bytes:
    try:
        with source.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise BadFile(UNREADABLE.get(type(error), UNREAD), error=code) from error
    if not magic:
        raise BadFile(gettext_noop("The file is empty."))
    return magic


@contextmanager
def unpacked(source: Source, container: str) -> Iterator[tuple[Text, IO[bytes]]]:
    """The file's text as bytes, and the file as it lies on the disk, which may be the same."""
    zipped = container == GZIP
    with source.open("rb") as raw, gzip.open(raw) if zipped else nullcontext(raw) as file:
        yield file, raw


@contextmanager
def damage_in_words() -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadFile(
            gettext_noop("The gzip file is cut off or damaged. Transfer it again.")
        ) from error


class Converted(io.RawIOBase):
    """A file's text as UTF-8 with plain line ends, read once from its beginning."""

    def __init__(self, file: Text, encoding: str) -> None:
        self._file, self._encoding = file, encoding
        decoder = codecs.getincrementaldecoder(encoding)()
        self._decoder = io.IncrementalNewlineDecoder(decoder, translate=True)
        self._waiting, self._lines, self._ended = b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._waiting and not self._ended:
            block = self._file.read(HEAD_BYTES)
            self._ended = not block
            self._waiting = self._converted(block)
        size = min(len(buffer), len(self._waiting))
        buffer[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        return size

    def _converted(self, block: bytes) -> bytes:
        held = "\r" * (self._decoder.getstate()[1] & 1)  # the block before may have broken "\r\n"
        try:
            text = self._decoder.decode(block, final=self._ended)
        except UnicodeDecodeError as error:
            before = held + error.object[: error.start].decode(self._encoding)
            line = self._lines + len(LINE_END.findall(before)) + 1
            raise BadFile(
                gettext_noop("Line %(line)s is not %(encoding)s. Save the file as UTF-8."),
                line=f"{line:,}",
                encoding=ENCODINGS[self._encoding],
            ) from error
        self._lines += text.count("\n")
        return text.encode()


def in_words(found: Json) -> str:
    """A stored format for people: `CSV, UTF-8, commas`."""
    if not found:
        return ""
    written = FileFormat(**found)
    if written.container == PARQUET:
        return PARQUET
    separators = dict(zip(SEPARATORS, (_("commas"), _("semicolons"), _("tabs"), "|"), strict=True))
    return ", ".join(
        (written.container, ENCODINGS[written.encoding], separators[written.separator])
    )

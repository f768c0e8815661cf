"""Cuts a file into chunks of whole lines, the same ones each time it is read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import polars as pl
from django.utils.translation import gettext_noop

from population.imports.contract import COLUMNS, BadFile, Chunk
from population.imports.formats import (
    MARK,
    MISSING,
    PARQUET,
    Converted,
    FileFormat,
    Text,
    damage_in_words,
    find_format,
    names_of,
    unpacked,
)
from population.imports.objects import S3Object
from population.imports.sources import Source, size_of

CHUNK_BYTES = 4 * 2**20
LONGEST_LINE = 64 * 2**10
NO_END = gettext_noop("Line %(line)s has no end. Is this a CSV file with one person a line?")
NO_ROWS = gettext_noop("The file has a header and no rows.")
END_OF_FILE = b"\x1a"  # as CP/M and DOS wrote it, and tools of their time still do


@dataclass(frozen=True)
class Start:
    """The chunk to begin with, and how many lines of people lie before it."""

    number: int = 0
    passed: int = 0


def read_chunks(
    source: Source,
    *,
    columns: tuple[str, ...] = COLUMNS,
    start: Start = Start(),
    file_format: FileFormat | None = None,
) -> Iterator[Chunk]:
    """Yield the lines of a CSV, CSV.gz or Parquet file; raises BadFile.

    The header must name every one of `columns`, in any order. The chunks' data begin with
    the header, so that each can be read by itself. Those before `start` are passed over; in a
    gzip, and in another encoding than UTF-8, they have to be read for that. `file_format` is what
    find_format said of the file before.
    """
    found = file_format or find_format(source, columns)
    if found.container == PARQUET:
        yield from _parquet_chunks(source, columns, start)
        return
    with damage_in_words(), unpacked(source, found.container) as (file, raw):
        text = io.BufferedReader(Converted(file, found.encoding)) if found.converted else file
        yield from _csv_chunks(text, raw, found, Start() if found.from_the_start else start)


def _csv_chunks(file: Text, raw: IO[bytes], found: FileFormat, start: Start) -> Iterator[Chunk]:
    """`raw` is the file as it lies on the disk: what has been read of it is the progress."""
    header, line = _header(file, found), start.passed + 2 + found.said
    number, rest, behind = start.number, b"", 0
    if number:
        # Blocks are of one size: what the one before left over begins the first one wanted.
        file.seek((number - 1) * CHUNK_BYTES, io.SEEK_CUR)
        block = file.read(CHUNK_BYTES)
        rest, behind = block[block.rfind(b"\n") + 1 :], raw.tell()
    while block := file.read(CHUNK_BYTES):
        end = block.rfind(b"\n") + 1
        # Each whole block has to end a chunk: resuming counts on it.
        if not end and len(block) == CHUNK_BYTES:
            raise BadFile(NO_END, line=f"{line:,}")
        whole, rest = (rest + block[:end], block[end:]) if end else (b"", rest + block)
        if whole:
            yield Chunk(number, line, header + whole, raw.tell() - behind, found.separator)
            number, line, behind = number + 1, line + whole.count(b"\n"), raw.tell()
    rest = rest.rstrip(END_OF_FILE)
    if rest.strip():
        yield Chunk(number, line, header + rest + b"\n", raw.tell() - behind, found.separator)
    elif number == 0:
        raise BadFile(NO_ROWS)


def _header(file: Text, found: FileFormat) -> bytes:
    """The header without byte order mark, ending in a plain newline; the file stands behind it."""
    if found.said:
        file.readline(LONGEST_LINE)
    line = file.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE:
        raise BadFile(NO_END, line=f"{1 + found.said:,}")
    text = line.decode().removeprefix(MARK)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=found.separator, lineterminator="\n")
    writer.writerow(names_of(text, found.separator))
    return out.getvalue().encode()


def _parquet_chunks(source: Source, columns: tuple[str, ...], first: Start) -> Iterator[Chunk]:
    """Parquet is turned into CSV lines, so that everything behind this has one way in."""
    rows = max(1, CHUNK_BYTES // 160)  # about what a person takes
    size = size_of(source)
    try:
        frame = _scan(source)
        missing = [name for name in columns if name not in frame.collect_schema().names()]
        if missing:
            raise BadFile(MISSING, columns=", ".join(missing))
        total = frame.select(pl.len()).collect().item()
        for number, start in list(enumerate(range(0, total, rows)))[first.number :]:
            part = frame.select(pl.col(columns).cast(pl.String)).slice(start, rows).collect()
            out = io.BytesIO()
            part.write_csv(out)
            yield Chunk(number, start + 2, out.getvalue(), size * part.height // total)
    except pl.exceptions.PolarsError as error:
        raise BadFile(
            gettext_noop("The Parquet file cannot be read. Transfer it again.")
        ) from error
    if total == 0:
        raise BadFile(NO_ROWS)


def _scan(source: Source) -> pl.LazyFrame:
    if isinstance(source, S3Object):
        return pl.scan_parquet(source.name, storage_options=source.options())
    return pl.scan_parquet(source)

"""Cuts a file into chunks of whole lines, the same ones each time it is read."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import IO

import polars as pl

from population.imports.contract import COLUMNS, BadFile, Chunk
from population.imports.objects import S3Object
from population.imports.sources import Source, size_of

CHUNK_BYTES = 4 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
PARQUET_MAGIC = b"PAR1"
GZIP_MAGIC = b"\x1f\x8b"
LONGEST_LINE = 64 * 2**10


@dataclass(frozen=True)
class Start:
    """The chunk to begin with, and the number of its first line."""

    number: int = 0
    line: int = 2


def read_chunks(
    source: Source, *, columns: tuple[str, ...] = COLUMNS, start: Start = Start()
) -> Iterator[Chunk]:
    """Yield the lines of a CSV, CSV.gz or Parquet file; raises BadFile.

    The header must name every one of `columns`, in any order. The chunks' data begin with
    the header, so that each can be read by itself. Those before `start` are passed over; in a
    gzip they have to be read for that.
    """
    magic = _first_bytes(source)
    if magic.startswith(PARQUET_MAGIC):
        yield from _parquet_chunks(source, columns, start)
        return
    zipped = magic.startswith(GZIP_MAGIC)
    with source.open("rb") as raw, gzip.open(raw) if zipped else nullcontext(raw) as file:
        try:
            yield from _csv_chunks(file, raw, columns, Start() if zipped else start)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BadFile("The gzip file is cut off or damaged. Transfer it again.") from error


def is_gzip(source: Source) -> bool:
    """Whether the file is a gzip, whatever its name; raises BadFile."""
    return _first_bytes(source).startswith(GZIP_MAGIC)


def _first_bytes(source: Source) -> bytes:
    try:
        with source.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise BadFile(f"The file cannot be read: {error.strerror}.") from error
    if not magic:
        raise BadFile("The file is empty.")
    return magic


def _csv_chunks(
    file: IO[bytes], raw: IO[bytes], columns: tuple[str, ...], start: Start
) -> Iterator[Chunk]:
    """`raw` is the file as it lies on the disk: what has been read of it is the progress."""
    header = checked_header(file.readline(LONGEST_LINE), columns)
    number, line, rest, behind = start.number, start.line, b"", 0
    if number:
        # Blocks are of one size: what the one before left over begins the first one wanted.
        file.seek((number - 1) * CHUNK_BYTES, io.SEEK_CUR)
        block = file.read(CHUNK_BYTES)
        rest, behind = block[block.rfind(b"\n") + 1 :], raw.tell()
    while block := file.read(CHUNK_BYTES):
        end = block.rfind(b"\n") + 1
        # Each whole block has to end a chunk: resuming counts on it.
        if not end and len(block) == CHUNK_BYTES:
            raise BadFile(f"Line {line} has no end. Is this a CSV file with one person a line?")
        whole, rest = (rest + block[:end], block[end:]) if end else (b"", rest + block)
        if whole:
            yield Chunk(number, line, header + whole, raw.tell() - behind)
            number, line, behind = number + 1, line + whole.count(b"\n"), raw.tell()
    if rest.strip():
        yield Chunk(number, line, header + rest + b"\n", raw.tell() - behind)
    elif number == 0:
        raise BadFile("The file has a header and no rows.")


def checked_header(line: bytes, columns: tuple[str, ...]) -> bytes:
    """The header without byte order mark, ending in a plain newline; raises BadFile."""
    try:
        text = line.removeprefix(BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        raise BadFile("The file is not UTF-8. Convert it, for example from Windows-874.") from error
    names = [name.strip().strip('"') for name in text.strip().split(",")]
    missing = [name for name in columns if name not in names]
    if missing:
        raise BadFile(f"Columns are missing: {', '.join(missing)}.")
    return ",".join(names).encode() + b"\n"


def _parquet_chunks(source: Source, columns: tuple[str, ...], first: Start) -> Iterator[Chunk]:
    """Parquet is turned into CSV lines, so that everything behind this has one way in."""
    rows = max(1, CHUNK_BYTES // 160)  # about what a person takes
    size = size_of(source)
    try:
        frame = _scan(source)
        missing = [name for name in columns if name not in frame.collect_schema().names()]
        if missing:
            raise BadFile(f"Columns are missing: {', '.join(missing)}.")
        total = frame.select(pl.len()).collect().item()
        for number, start in list(enumerate(range(0, total, rows)))[first.number :]:
            part = frame.select(pl.col(columns).cast(pl.String)).slice(start, rows).collect()
            out = io.BytesIO()
            part.write_csv(out)
            yield Chunk(number, start + 2, out.getvalue(), size * part.height // total)
    except pl.exceptions.PolarsError as error:
        raise BadFile("The Parquet file cannot be read. Transfer it again.") from error
    if total == 0:
        raise BadFile("The file has a header and no rows.")


def _scan(source: Source) -> pl.LazyFrame:
    if isinstance(source, S3Object):
        return pl.scan_parquet(source.name, storage_options=source.options())
    return pl.scan_parquet(source)

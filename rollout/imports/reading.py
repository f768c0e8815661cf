"""Cuts a file into chunks of whole lines, the same ones each time it is read."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO

import polars as pl

from rollout.imports.contract import COLUMNS, BadFile, Chunk

CHUNK_BYTES = 4 * 2**20
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
PARQUET_MAGIC = b"PAR1"
GZIP_MAGIC = b"\x1f\x8b"
LONGEST_LINE = 64 * 2**10


def read_chunks(path: Path, *, columns: tuple[str, ...] = COLUMNS) -> Iterator[Chunk]:
    """Yield the lines of a CSV, CSV.gz or Parquet file; raises BadFile.

    The header must name every one of `columns`, in any order. The chunks' data begin with
    the header, so that each can be read by itself.
    """
    magic = _first_bytes(path)
    if magic.startswith(PARQUET_MAGIC):
        yield from _parquet_chunks(path, columns)
        return
    zipped = magic.startswith(GZIP_MAGIC)
    with path.open("rb") as raw, gzip.open(raw) if zipped else nullcontext(raw) as file:
        try:
            yield from _csv_chunks(file, raw, columns)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BadFile("The gzip file is cut off or damaged. Transfer it again.") from error


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise BadFile(f"The file cannot be read: {error.strerror}.") from error
    if not magic:
        raise BadFile("The file is empty.")
    return magic


def _csv_chunks(file: IO[bytes], raw: IO[bytes], columns: tuple[str, ...]) -> Iterator[Chunk]:
    """`raw` is the file as it lies on the disk: what has been read of it is the progress."""
    header = checked_header(file.readline(LONGEST_LINE), columns)
    number, line, rest, behind = 0, 2, b"", 0
    while block := file.read(CHUNK_BYTES):
        end = block.rfind(b"\n") + 1
        if not end and len(rest) + len(block) > LONGEST_LINE + CHUNK_BYTES:
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


def _parquet_chunks(path: Path, columns: tuple[str, ...]) -> Iterator[Chunk]:
    """Parquet is turned into CSV lines, so that everything behind this has one way in."""
    rows = max(1, CHUNK_BYTES // 160)  # about what a person takes
    size = path.stat().st_size
    try:
        frame = pl.scan_parquet(path)
        missing = [name for name in columns if name not in frame.collect_schema().names()]
        if missing:
            raise BadFile(f"Columns are missing: {', '.join(missing)}.")
        total = frame.select(pl.len()).collect().item()
        for number, start in enumerate(range(0, total, rows)):
            part = frame.select(pl.col(columns).cast(pl.String)).slice(start, rows).collect()
            out = io.BytesIO()
            part.write_csv(out)
            yield Chunk(number, start + 2, out.getvalue(), size * part.height // total)
    except pl.exceptions.PolarsError as error:
        raise BadFile("The Parquet file cannot be read. Transfer it again.") from error
    if total == 0:
        raise BadFile("The file has a header and no rows.")

"""Writes many new rows at once: columns of a frame, sealed together and copied together."""

import struct
from itertools import chain, repeat

import numpy as np
import polars as pl
from django.db import connection
from uuid_utils import uuid7

from core.encryption import pieces, seal_column

COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">ii", 0, 0)
COPY_TRAILER = struct.pack(">h", -1)
NULL = b"\xff\xff\xff\xff"
POSTGRES_EPOCH = 946_684_800  # 2000-01-01 in Unix seconds
DASHES = (8, 12, 16, 20)  # where the text of a UUID has them, counted in hexadecimal digits
UUID_BYTES = 16
TIME = pl.Datetime("us", "UTC")
# How PostgreSQL writes a number, and what it counts from, as polars counts (from 1970).
NUMBERS = {
    pl.Int16: (">i2", 0),
    pl.Date: (">i4", POSTGRES_EPOCH // 86_400),
    TIME: (">i8", POSTGRES_EPOCH * 1_000_000),
}


def fresh_ids(count: int) -> list[bytes]:
    """UUIDs of version 7, 16 bytes each, as the models' own primary keys are."""
    return [uuid7().bytes for _ in range(count)]


def contexts_of(keys: bytes, *, kind: str) -> list[bytes]:
    """What each row's value is sealed for: the kind and the row's key (16 bytes each, end to end)
    as the text of a UUID.
    """
    prefix = np.frombuffer(f"{kind}:".encode(), np.uint8)
    digits = np.frombuffer(keys.hex().encode(), np.uint8).reshape(-1, 2 * UUID_BYTES)
    names = np.insert(digits, DASHES, ord("-"), axis=1)
    contexts = np.empty((len(names), len(prefix) + names.shape[1]), np.uint8)
    contexts[:, : len(prefix)], contexts[:, len(prefix) :] = prefix, names
    return pieces(contexts.tobytes(), contexts.shape[1])


def sealed(values: pl.Series, *, ids: pl.Series, kind: str) -> pl.Series:
    """JSON texts sealed for the rows with these ids, as SealedJSON would; nothing stays nothing."""
    there = values.is_not_null()
    plains = values.filter(there).cast(pl.Binary).to_list()
    contexts = contexts_of(b"".join(ids.filter(there).to_list()), kind=kind) if plains else []
    column = seal_column(plains, contexts=contexts, kind=kind)
    start, size = column.header, len(column.nonces) // max(1, len(plains))
    made = (
        start + column.nonces[place * size : (place + 1) * size] + ciphertext
        for place, ciphertext in enumerate(column.ciphertexts)
    )
    return pl.Series([next(made) if one else None for one in there], dtype=pl.Binary)


def copy_frame(table: str, frame: pl.DataFrame, **constants: bytes) -> None:
    """COPY a frame whose columns are named as the table's; constraints raise IntegrityError.

    Binary columns are UUIDs or bytea, texts, dates, times in UTC and Int16 what they are. In
    `constants` stand the columns that have the same bytes in each row. What is in neither has to
    have a default in the database.
    """
    columns = {column.name: _fields(column) for column in frame}
    columns |= {name: repeat(_field(value), frame.height) for name, value in constants.items()}
    begin = repeat(struct.pack(">h", len(columns)), frame.height)
    rows = chain.from_iterable(zip(begin, *columns.values(), strict=True))
    into = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(b"".join([COPY_HEADER, *rows, COPY_TRAILER]))


def _field(value: bytes | None) -> bytes:
    return NULL if value is None else len(value).to_bytes(4) + value


def _fields(column: pl.Series) -> list[bytes]:
    """A column as fields of binary COPY: the length of each value, then its bytes."""
    form = NUMBERS.get(column.dtype)
    if form is None:
        return [_field(value) for value in column.cast(pl.Binary).to_list()]
    layout, epoch = form
    numbers = np.empty(len(column), [("length", ">i4"), ("value", layout)])
    numbers["length"] = numbers.dtype["value"].itemsize
    numbers["value"] = column.to_physical().fill_null(epoch).to_numpy() - epoch
    fields = pieces(numbers.tobytes(), numbers.itemsize)
    if not column.null_count():
        return fields
    return [NULL if empty else field for empty, field in zip(column.is_null(), fields, strict=True)]

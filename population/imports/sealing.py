"""Turns checked rows into what PostgreSQL takes by binary COPY: keyed, sealed, packed.

Done column by column, a few thousand rows at a time so that all of them stay in the CPU's cache;
only hashing and sealing go row by row.
"""

import time
from collections.abc import Iterator
from itertools import chain

import numpy as np
import polars as pl

from core.binary_copy import COPY_HEADER, COPY_TRAILER, NULL, POSTGRES_EPOCH, contexts_of
from core.encryption import (
    LOOKUP_BYTES,
    NONCE_BYTES,
    SealedColumn,
    lookup_hashes,
    pieces,
    seal_column,
)
from population.imports.contract import PERSON, STATUSES
from population.models.record import KIND

COPIED = (
    "number_key", "updated_at", "row_digest", "line", "birth_year", "office_code", "status",
    "laser_key", "person_sealed",
)  # fmt: skip
DIGEST_BYTES = 8
TILE_ROWS = 2048
# A row begins with the count of its columns, then those of fixed width, each after its length.
FIXED = np.dtype(
    [
        ("columns", ">i2"),
        ("key_length", ">i4"), ("key", f"V{LOOKUP_BYTES}"),
        ("when_length", ">i4"), ("when", ">i8"),
        ("digest_length", ">i4"), ("digest", f"V{DIGEST_BYTES}"),
        ("line_length", ">i4"), ("line", ">i8"),
        ("year_length", ">i4"), ("year", ">i2"),
    ]
)  # fmt: skip


def copy_rows(frame: pl.DataFrame) -> tuple[list[bytes], int]:
    """Binary COPY data (columns of COPIED) of checked rows, and the sum of their digests mod 2^64.

    The sum does not depend on order: table and file agree when their sums do.
    """
    total, blocks = 0, [COPY_HEADER]
    for tile in frame.iter_slices(TILE_ROWS):
        block, digests = _copy_tile(tile)
        blocks.append(block)
        total += int(np.frombuffer(digests, ">u8").sum(dtype=np.uint64))
    return [*blocks, COPY_TRAILER], total % 2**64


def _copy_tile(tile: pl.DataFrame) -> tuple[bytes, bytes]:
    columns = _columns(tile)
    keys = b"".join(lookup_hashes(columns["number"], kind="national-number"))
    digests = lookup_hashes(columns["all"], kind="register-row", size=DIGEST_BYTES)
    digests = b"".join(digests)
    fixed = _fixed(tile, keys=keys, digests=digests)
    sealed = seal_column(columns["person"], contexts=contexts_of(keys, kind=KIND), kind=KIND)
    lasers = _lasers(columns["laser"])
    parts = (fixed, columns["texts"], lasers, _tails(sealed), sealed.ciphertexts)
    return b"".join(chain.from_iterable(zip(*parts, strict=True))), digests


def _columns(tile: pl.DataFrame) -> dict[str, list[bytes]]:
    """What is hashed or sealed or written as it is, each as bytes."""
    laser = pl.col("laser_code").str.replace_all("-", "", literal=True)
    person = pl.struct(PERSON).struct.json_encode()
    frame = tile.select(
        pl.col("number"), laser.alias("laser"), person.alias("person"), _texts().alias("texts")
    ).with_columns(pl.concat_str("person", "texts", "laser", separator="|").alias("all"))
    return {name: frame[name].cast(pl.Binary).to_list() for name in frame.columns}


def _texts() -> pl.Expr:
    """Office and status as fields of COPY: the bytes of their lengths happen to be text as well."""
    fields = {status: len(status).to_bytes(4).decode() + status for status in STATUSES}
    status = pl.col("status").replace_strict(fields, return_dtype=pl.String)
    return pl.concat_str(pl.lit("\0\0\0\4"), "office_code", status)


def _fixed(tile: pl.DataFrame, *, keys: bytes, digests: bytes) -> list[bytes]:
    """The beginning of each row."""
    rows = np.empty(tile.height, FIXED)
    rows["columns"] = len(COPIED)
    for name in ("key", "when", "digest", "line", "year"):
        rows[f"{name}_length"] = FIXED[name].itemsize
    rows["key"] = np.frombuffer(keys, FIXED["key"])
    rows["when"] = int((time.time() - POSTGRES_EPOCH) * 1_000_000)
    rows["digest"] = np.frombuffer(digests, FIXED["digest"])
    rows["line"] = tile["line"].to_numpy()
    rows["year"] = tile["birth_date"].str.slice(0, 4).cast(pl.Int16).to_numpy()
    return pieces(rows.tobytes(), FIXED.itemsize)


def _lasers(codes: list[bytes]) -> Iterator[bytes]:
    """The hashed laser codes as fields of COPY; many people have none."""
    length = LOOKUP_BYTES.to_bytes(4)
    hashes = lookup_hashes(codes, kind="laser-code")
    return (length + digest if code else NULL for code, digest in zip(codes, hashes, strict=True))


def _tails(sealed: SealedColumn) -> list[bytes]:
    """What stands before each row's ciphertext: the length of the field, header and nonce."""
    start = len(sealed.header) + NONCE_BYTES
    layout = [("length", ">i4"), ("header", f"V{len(sealed.header)}"), ("nonce", f"V{NONCE_BYTES}")]
    rows = np.empty(len(sealed.ciphertexts), layout)
    rows["length"] = np.fromiter(map(len, sealed.ciphertexts), np.int32) + start
    rows["header"] = np.void(sealed.header)
    rows["nonce"] = np.frombuffer(sealed.nonces, f"V{NONCE_BYTES}")
    return pieces(rows.tobytes(), rows.itemsize)

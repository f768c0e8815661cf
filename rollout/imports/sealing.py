"""Turns checked rows into what PostgreSQL takes by binary COPY: keyed, sealed, packed."""

import os
import struct
import time

import polars as pl

from dopa_portal.encryption import NONCE_BYTES, lookup_hasher, sealer
from rollout.imports.contract import PERSON

KIND = "identity.populationrecord.person_sealed"
COPY_HEADER = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">ii", 0, 0)
COPY_TRAILER = struct.pack(">h", -1)
COPIED = (
    "number_key", "person_sealed", "laser_key", "office_code", "status", "birth_year",
    "updated_at", "row_digest", "line",
)  # fmt: skip
POSTGRES_EPOCH = 946_684_800  # 2000-01-01 in Unix seconds
DIGEST_BYTES = 8


def copy_rows(frame: pl.DataFrame) -> tuple[bytes, int]:
    """Binary COPY data (columns of COPIED) of checked rows, and the sum of their digests mod 2^64.

    The sum does not depend on order: table and file agree when their sums do.
    """
    person = pl.struct(PERSON).struct.json_encode()
    laser = pl.col("laser_code").str.replace_all("-", "")
    year = pl.col("birth_date").str.slice(0, 4).cast(pl.Int16)
    columns = frame.select(
        "number", person.alias("person"), laser, "office_code", "status", year, "line"
    )
    number_key, laser_key = lookup_hasher("national-number"), lookup_hasher("laser-code")
    row_digest = lookup_hasher("register-row", DIGEST_BYTES)
    seal, nonces = sealer(KIND), os.urandom(NONCE_BYTES * frame.height)
    when = struct.pack(">q", int((time.time() - POSTGRES_EPOCH) * 1_000_000))
    total, place, parts = 0, 0, [COPY_HEADER]
    for number, text, code, office, status, born, line in columns.iter_rows():
        key = number_key(number.encode())
        plain, office_code, standing = text.encode(), office.encode(), status.encode()
        nonce = nonces[place : place + NONCE_BYTES]
        place += NONCE_BYTES
        name = key.hex()
        context = f"{KIND}:{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}"
        sealed = seal(plain, context.encode(), nonce)
        digest = row_digest(b"%b|%b|%b|%b" % (plain, office_code, standing, code.encode()))
        total += int.from_bytes(digest)
        laser_field = b"\x00\x00\x00\x10" + laser_key(code.encode()) if code else NULL
        parts.append(
            ROW % (key, len(sealed).to_bytes(4), sealed, laser_field,
                   len(office_code).to_bytes(4), office_code, len(standing).to_bytes(4), standing,
                   born.to_bytes(2), when, digest, line.to_bytes(8))
        )  # fmt: skip
    parts.append(COPY_TRAILER)
    return b"".join(parts), total % 2**64


NULL = b"\xff\xff\xff\xff"
# The number of columns, then each with its length: uuid, bytea, uuid, two texts, int2, three int8.
ROW = b"".join(
    (b"\x00\x09", b"\x00\x00\x00\x10%b", b"%b%b", b"%b", b"%b%b", b"%b%b", b"\x00\x00\x00\x02%b")
    + (b"\x00\x00\x00\x08%b",) * 3
)

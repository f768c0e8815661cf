"""Many digital IDs at once, for people whose ID of before is taken over: sealed and copied by
column.
"""

import struct

import polars as pl

from core.binary_copy import copy_frame, fresh_ids, sealed
from identity.models import DigitalIDStatus

HOLDER_KIND = "identity.digitalid.holder_sealed"


def issue_many(people: pl.DataFrame, *, assurance: str, channel: str) -> pl.Series:
    """Write a digital ID for each of `people`, without a portrait and without a device; their ids,
    16 bytes each.

    Columns: `number_key` (16 bytes), `holder` (JSON of identity.person.ISSUED), `office_code`,
    `password` (a hash), `issued_at` (UTC) and `expires_on` (null for life). Raises IntegrityError
    when somebody has one in force.
    """
    ids = pl.Series("id", fresh_ids(people.height), pl.Binary)
    holders = sealed(people["holder"], ids=ids, kind=HOLDER_KIND).alias("holder_sealed")
    copy_frame(
        "identity_digitalid",
        people.drop("holder").with_columns(ids, holders),
        status=DigitalIDStatus.ACTIVE.encode(),
        portrait=b"",
        assurance=assurance.encode(),
        channel=channel.encode(),
        failed_attempts=struct.pack(">h", 0),
    )
    return ids

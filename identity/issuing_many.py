"""Many digital IDs at once, for people whose ID of before is taken over: sealed and copied by
column.
"""

import uuid
from collections.abc import Iterator, Mapping
from itertools import islice

import polars as pl

from core.binary_copy import copy_frame, fresh_ids, sealed
from identity.life import LifeReason
from identity.models import DigitalID, DigitalIDStatus

AT_ONCE = 10_000
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
    )
    return ids


def unissue_many(issued: Mapping[uuid.UUID, uuid.UUID]) -> bool:
    """Within a transaction: delete digital IDs, by their numbers' keys, that were issued together
    and by mistake. False, with nothing deleted, where one has been renewed since.
    """
    found = [
        DigitalID.objects.filter(number_key__in=keys, pk__in=[issued[key] for key in keys])
        for keys in _batches(issued)
    ]
    if any(some.filter(status_reason=LifeReason.RENEWED).exists() for some in found):
        return False
    for some in found:
        some.delete()
    return True


def _batches(keys: Mapping[uuid.UUID, uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    left = iter(keys)
    while batch := list(islice(left, AT_ONCE)):
        yield batch

"""The digital IDs of the pilot as this portal keeps them, and the notes about their people."""

import struct

import polars as pl
from django.conf import settings

from identity.models import DigitalIDStatus
from identity.person import ISSUED as HOLDER_FIELDS
from identity.person import LIFELONG
from registration.services.issuing import ASSURANCE
from rollout.imports.contract import PERSON as REGISTERED
from rollout.pilot.contract import PERSON
from rollout.pilot.models import MemberState, PilotImport
from rollout.pilot.writing import copy_frame, fresh_ids, sealed

OFFICE = "office"
ISSUED = {
    "status": DigitalIDStatus.ACTIVE.encode(),
    "portrait": b"",
    "assurance": ASSURANCE[OFFICE].encode(),
    "channel": OFFICE.encode(),
    "failed_attempts": struct.pack(">h", 0),
}
HOLDER_KIND = "identity.digitalid.holder_sealed"
PERSON_KIND = "rollout.pilotmember.person_sealed"


def issue(people: pl.DataFrame) -> pl.Series:
    """Write a digital ID for each of these people, as the register names them; their ids.

    Columns: those of matching.compare, `office_code`, `activated_on`, `expires_on` (null for life)
    and `password`. The digital IDs have no portrait and no device: those of the pilot are not taken
    over. Raises IntegrityError when somebody has one meanwhile.
    """
    ids = pl.Series("id", fresh_ids(people.height), pl.Binary)
    holders = people.select(_holder().alias("holder"))["holder"]
    rows = people.with_columns(ids, sealed(holders, ids=ids, kind=HOLDER_KIND).alias("holder"))
    midnight = pl.col("activated_on").str.to_datetime("%Y-%m-%d", time_unit="us")
    frame = rows.select(
        "id",
        pl.col("key").alias("number_key"),
        pl.col("holder").alias("holder_sealed"),
        "office_code",
        "password",
        midnight.dt.replace_time_zone(settings.TIME_ZONE)
        .dt.convert_time_zone("UTC")
        .alias("issued_at"),
        pl.col("expires_on").str.to_date(),
    )
    copy_frame("identity_digitalid", frame, **ISSUED)
    return ids


def _holder() -> pl.Expr:
    known = {name: pl.col("registered").struct.field(name).fill_null("") for name in REGISTERED}
    known["expiry_date"] = pl.col("expires_on").fill_null(LIFELONG)
    fields = [known.get(name, pl.lit("")).alias(name) for name in HOLDER_FIELDS]
    return pl.struct(fields).struct.json_encode()


def note_members(people: pl.DataFrame, pilot_import: PilotImport) -> None:
    """Write a PilotMember for each, with what the file said while an officer has to compare.

    Columns: those of the file and of matching.compare, and `digital_id`, null for who differs.
    """
    differs = pl.col("difference") != ""
    ids = pl.Series("id", fresh_ids(people.height), pl.Binary)
    told = people.select(pl.when(differs).then(pl.struct(PERSON).struct.json_encode()))
    rows = people.with_columns(
        ids, sealed(told.to_series(), ids=ids, kind=PERSON_KIND).alias("person")
    )
    state = pl.when(differs).then(pl.lit(MemberState.DIFFERS.value))
    frame = rows.select(
        "id",
        pl.col("key").alias("number_key"),
        pl.col("office_code").alias("office_id"),
        state.otherwise(pl.lit(MemberState.EXPECTED.value)).alias("state"),
        "difference",
        pl.col("activated_on", "expires_on").str.to_date(),
        "consent_version",
        "device_name",
        pl.col("person").alias("person_sealed"),
        pl.when(differs).then("password").otherwise(pl.lit("")).alias("password"),
        "digital_id",
    )
    copy_frame(
        "rollout_pilotmember", frame, pilot_import_id=pilot_import.pk.bytes, terms_version=b""
    )

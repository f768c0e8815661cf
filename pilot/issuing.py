"""The digital IDs of the pilot as this portal keeps them, and the notes about their people."""

import polars as pl
from django.conf import settings

from core.binary_copy import copy_frame, fresh_ids, sealed
from identity.issuing_many import issue_many
from identity.person import ISSUED as HOLDER_FIELDS
from identity.person import LIFELONG
from pilot.contract import PERSON
from pilot.models import KIND, MemberState, PilotImport
from population.imports.contract import PERSON as REGISTERED
from registration.services.issuing import ASSURANCE

OFFICE = "office"


def issue(people: pl.DataFrame) -> pl.Series:
    """Write a digital ID for each of these people, as the register names them; their ids.

    Columns: those of matching.compare, `office_code`, `activated_on`, `expires_on` (null for life)
    and `password`. The digital IDs have no portrait and no device: those of the pilot are not taken
    over. Raises IntegrityError when somebody has one meanwhile.
    """
    midnight = pl.col("activated_on").str.to_datetime("%Y-%m-%d", time_unit="us")
    issued = people.select(
        pl.col("key").alias("number_key"),
        _holder().alias("holder"),
        "office_code",
        "password",
        midnight.dt.replace_time_zone(settings.TIME_ZONE)
        .dt.convert_time_zone("UTC")
        .alias("issued_at"),
        pl.col("expires_on").str.to_date(),
    )
    return issue_many(issued, assurance=ASSURANCE[OFFICE], channel=OFFICE)


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
    rows = people.with_columns(ids, sealed(told.to_series(), ids=ids, kind=KIND).alias("person"))
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
    copy_frame("pilot_pilotmember", frame, pilot_import_id=pilot_import.pk.bytes, terms_version=b"")

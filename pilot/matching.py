"""Compares people of the pilot with the population register, column by column."""

from itertools import pairwise

import polars as pl
from django.db import connection

from core.binary_copy import contexts_of
from core.encryption import lookup_hashes, unseal_column
from identity.models import LIVE
from identity.person import RegisterStatus, comparable
from pilot.models import Difference
from population.imports.contract import PERSON
from population.models.record import KIND, REGISTER

COMPARED_NAMES = ("first_name_th", "last_name_th")  # a title changes with age and marriage
ON_RECORD = pl.Struct(dict.fromkeys(PERSON, pl.String))
ASKED = ("size", "register_status", "issued", "member")
# One look-up for each number, in the one partition that it lies in: never a join with the nation.
# The answer comes in two pieces, as taking it apart here costs less than row by row on the way.
ASK = f"""
    SELECT string_agg(sealed, '' ORDER BY place),
        string_agg(length(sealed) || ',' || status || ',' || issued || ',' || member, E'\\n'
                   ORDER BY place)
    FROM (
        SELECT place, coalesce(p.person_sealed, '') AS sealed, coalesce(p.status, '') AS status,
            EXISTS (SELECT 1 FROM identity_digitalid d WHERE d.number_key = asked.key
                    AND d.status IN {tuple(map(str, LIVE))}) AS issued,
            EXISTS (SELECT 1 FROM pilot_pilotmember m WHERE m.number_key = asked.key) AS member
        FROM unnest(%s::uuid[]) WITH ORDINALITY AS asked (key, place)
        LEFT JOIN LATERAL (
            SELECT person_sealed, status FROM {REGISTER}
            WHERE number_key = asked.key OFFSET 0
        ) p ON true
    ) answers
"""  # noqa: S608 - names and values of our own


def compare(people: pl.DataFrame) -> pl.DataFrame:
    """What is known of people (`number`, names in Thai, `birth_date`), added to them as columns.

    `key` is the number's, 16 bytes; `registered` a struct of names and birth date in the register,
    null for a number it does not have; `difference` a value of Difference, the gravest, or "" when
    everything agrees; `member` whether the person is in the pilot already.
    """
    keys = lookup_hashes(people["number"].cast(pl.Binary).to_list(), kind="national-number")
    asked = _ask(keys)
    contexts = contexts_of(b"".join(keys), kind=KIND)
    opened = unseal_column(asked["person_sealed"].to_list(), contexts=contexts, kind=KIND)
    persons = pl.Series("registered", opened, pl.Binary).cast(pl.String)
    both = people.with_columns(
        pl.Series("key", keys, pl.Binary),
        persons.str.json_decode(ON_RECORD),
        asked["register_status"],
        asked["issued"] == "true",
        asked["member"] == "true",
    )
    differing = both.with_columns(_names_differ(both)).with_columns(_difference())
    return differing.drop("register_status", "issued", "names_differ")


def _ask(keys: list[bytes]) -> pl.DataFrame:
    """Columns of ASKED as text, and `person_sealed`; it and `register_status` are null for a number
    that the register does not have.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK, ["{" + ",".join(key.hex() for key in keys) + "}"])
        sealed, lines = cursor.fetchone()
    if lines is None:
        return pl.DataFrame(schema=dict.fromkeys(ASKED, pl.String) | {"person_sealed": pl.Binary})
    asked = pl.read_csv(lines.encode(), has_header=False, new_columns=ASKED, infer_schema=False)
    ends = asked["size"].cast(pl.Int64).cum_sum().to_list()
    people = [sealed[start:end] or None for start, end in pairwise([0, *ends])]
    return asked.with_columns(pl.Series("person_sealed", people, pl.Binary))


def _names_differ(people: pl.DataFrame) -> pl.Series:
    """Where the letters differ a closer look decides: most names are the same to the letter."""
    known = people["registered"].struct.unnest()
    other = pl.Series("names_differ", [False]).new_from_index(0, people.height)
    for name in COMPARED_NAMES:
        places = people[name].ne_missing(known[name]).arg_true()
        told, written = people[name].gather(places), known[name].gather(places)
        differ = [
            comparable(name, a) != comparable(name, b) for a, b in zip(told, written, strict=True)
        ]
        other = other.scatter(places.filter(pl.Series(differ, dtype=pl.Boolean)), values=True)
    return other


def _difference() -> pl.Expr:
    birth_date = pl.col("registered").struct.field("birth_date")
    return (
        pl.when(pl.col("register_status").is_null())
        .then(pl.lit(Difference.NOT_IN_REGISTER.value))
        .when(pl.col("register_status") != RegisterStatus.ALIVE.value)
        .then(pl.lit(Difference.NOT_ALIVE.value))
        .when("issued")
        .then(pl.lit(Difference.REGISTERED.value))
        .when("names_differ")
        .then(pl.lit(Difference.NAME.value))
        .when(birth_date.ne_missing(pl.col("birth_date")))
        .then(pl.lit(Difference.BIRTH_DATE.value))
        .otherwise(pl.lit(""))
        .alias("difference")
    )

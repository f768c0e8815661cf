"""What a file of the pilot's digital IDs has to look like. docs/imports.md says it for people."""

import polars as pl
from django.utils.translation import gettext_noop

from population.imports.checking import (
    WHOLE_DATE,
    buddhist,
    faults_of_a_person,
    judge,
    no_date,
    too_long,
)
from population.imports.contract import BadFile, Rejected
from population.imports.formats import FileFormat
from population.imports.reading import read_chunks
from population.imports.sources import Source

COLUMNS = (
    "number",
    "title_th",
    "first_name_th",
    "last_name_th",
    "birth_date",
    "office_code",
    "activated_on",
    "expires_on",
    "consent_version",
    "device_name",
    "password",
)
NAMES = ("title_th", "first_name_th", "last_name_th")
PERSON = ("number", *NAMES, "birth_date")
MAY_BE_EMPTY = frozenset({"last_name_th", "expires_on", "device_name"})
MOST_PEOPLE = 100_000
# PHC string of Argon2id, version 1.3, as the portal's own passwords have; the bounds keep a wrong
# file from making a try cost gigabytes or minutes.
ARGON2ID = r"^\$argon2id\$v=19\$m=[0-9]{1,6},t=[0-9]{1,2},p=[0-9]{1,2}(\$[A-Za-z0-9+/]+){2}$"
LONGEST_HASH, LONGEST_VERSION, LONGEST_DEVICE = 200, 20, 60


def read_pilot(
    source: Source, written: FileFormat, *, offices: list[str]
) -> tuple[pl.DataFrame, list[Rejected]]:
    """All good rows (columns of COLUMNS and `line`), and the others with reasons; raises BadFile.

    Of lines with the same number none counts.
    """
    frames, rejected, rows = [], [], 0
    for chunk in read_chunks(source, columns=COLUMNS, file_format=written):
        good, bad = judge(chunk, columns=COLUMNS, names=NAMES, faults=_faults(offices))
        frames.append(good)
        rejected += bad
        rows += good.height + len(bad)
        if rows > MOST_PEOPLE:
            raise BadFile(
                gettext_noop("The pilot has %(most)s people at most; the file has more."),
                most=f"{MOST_PEOPLE:,}",
            )
    people = pl.concat(frames)
    named = pl.Series([one.number for one in rejected if one.number], dtype=pl.String)
    alone = people["number"].is_unique() & ~people["number"].is_in(named.implode())
    twins = people.filter(~alone)["line"]
    rejected += [Rejected(line, "twice_in_file") for line in twins]
    return people.filter(alone), sorted(rejected, key=lambda one: one.line)


def _faults(offices: list[str]) -> dict[str, pl.Expr]:
    required = [name for name in COLUMNS if name not in MAY_BE_EMPTY]
    expires, password = pl.col("expires_on"), pl.col("password")
    return faults_of_a_person(required=required, names=NAMES, offices=offices) | {
        "too_long": too_long(NAMES)
        | (pl.col("consent_version").str.len_chars() > LONGEST_VERSION)
        | (pl.col("device_name").str.len_chars() > LONGEST_DEVICE),
        "buddhist_year": buddhist("birth_date") | buddhist("activated_on") | buddhist("expires_on"),
        "activated_on": _not_a_day("activated_on"),
        "expires_on": (expires != "") & _not_a_day("expires_on"),
        "password": ~password.str.contains(ARGON2ID) | (password.str.len_bytes() > LONGEST_HASH),
    }


def _not_a_day(name: str) -> pl.Expr:
    return (pl.col(name).str.len_bytes() != len(WHOLE_DATE)) | no_date(name)

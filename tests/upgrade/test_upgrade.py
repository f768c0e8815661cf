"""The database of a release, with rows in it, is brought up to date and is like a new one; the last
release's code can serve on it.

`released.sql.gz` is what scripts/dump_release.py wrote at the last release itself, `first.sql.gz`
at one before the big moves of tables.
"""

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from core.outbox import handlers
from core.outbox.models import Job
from dashboards.models import SummarySubscription
from identity.models import DigitalID
from pilot.models import PilotMember
from population.models import Following, ImportRun, PopulationRecord, RunState
from rollout.models import Phase, Shard
from tests.own_database import administer

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent
LAST = "released"
SCHEMA = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
        WHERE NOT tgisinternal
    """,
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL
    """,
}


# An import's own tables; the log's months, which a release of another month has others of.
COMES_AND_GOES = re.compile(r"_staging_|audit_entry_\d{4}_\d\d")


def schema_of(name: str) -> dict[str, set[tuple]]:
    with look_into(name) as outside:
        found = {part: outside.execute(ask).fetchall() for part, ask in SCHEMA.items()}
    return {
        part: {plain(row) for row in rows if not COMES_AND_GOES.search(str(row))}
        for part, rows in found.items()
    }


def look_into(name: str) -> psycopg.Connection:
    parameters = connection.get_connection_params()
    known = {key: parameters[key] for key in ("user", "password", "host", "port")}
    return psycopg.connect(**known, dbname=name)


def plain(row: tuple) -> tuple:
    """Without the casts and brackets that a dump writes out and a migration leaves to be read."""
    return tuple(re.sub(r"::(character varying|text)(\[\])?|[()]", "", str(cell)) for cell in row)


COLUMNS = """
    SELECT table_name, column_name, data_type, coalesce(character_maximum_length, 0),
           is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
    FROM information_schema.columns WHERE table_schema = 'public'
"""


class Column(NamedTuple):
    """`must` be given by whoever writes a row; `longest` in characters, 0 where nothing says."""

    type: str
    longest: int
    must: bool


Columns = dict[tuple[str, str], Column]


def columns_of(name: str) -> Columns:
    with look_into(name) as outside:
        rows = outside.execute(COLUMNS).fetchall()
    return {(table, column): Column(*rest) for table, column, *rest in rows}


def stands_in_the_way(before: Columns, now: Columns) -> list[str]:
    """Of code that knows `before` alone and serves on `now`: what it reads and writes that is not
    there, is narrower, or is asked for besides.
    """
    tables = {table for table, _ in before}
    gone = [key for key in before if key not in now]
    other = [
        key
        for key in before.keys() & now.keys()
        if before[key].type != now[key].type or 0 < now[key].longest < before[key].longest
    ]
    asked = [
        key
        for key, column in now.items()
        if column.must and key[0] in tables and not (key in before and before[key].must)
    ]
    found = {"gone": gone, "other": other, "asked for": asked}
    return sorted(f"{table}.{name}: {word}" for word in found for table, name in found[word])


class Upgraded(NamedTuple):
    """`fresh`: the name of a new database; `before`: what the release's had."""

    fresh: str
    before: Columns


@pytest.fixture(scope="module", params=["first", LAST])
def upgraded(request, django_db_setup, django_db_blocker) -> Iterator[Upgraded]:
    """The released database after `migrate`; the tests of this file look into it."""
    values = connection.settings_dict
    fresh, name = values["NAME"], f"{values['NAME']}_released"
    with django_db_blocker.unblock():
        connections.close_all()
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        administer(f'CREATE DATABASE "{name}" TEMPLATE template0')
        values["NAME"] = name
        with connection.cursor() as cursor:
            dump = (FOLDER / f"{request.param}.sql.gz").read_bytes()
            cursor.execute(statements(gzip.decompress(dump).decode()))
        connections.close_all()
        before = columns_of(name)
        migrate(name)
        yield Upgraded(fresh, before)
        connections.close_all()
        values["NAME"] = fresh
        administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def statements(dump: str) -> str:
    """What psql takes besides SQL begins with a backslash."""
    return "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))


def migrate(name: str) -> None:
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    environment = os.environ | {"DATABASE_URL": f"{address}/{name}"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603 - ours


@pytest.mark.parametrize("part", SCHEMA)
def test_its_schema_is_that_of_a_new_one(upgraded, part):
    new, old = schema_of(upgraded.fresh)[part], schema_of(connection.settings_dict["NAME"])[part]
    assert len(new) > 3
    assert old - new == set()
    assert new - old == set()


def test_what_was_sealed_before_its_table_moved_is_opened(upgraded):
    assert PopulationRecord.objects.get().person.number == "1101700230708"
    assert DigitalID.objects.get().holder.number == "1101700230708"
    assert PilotMember.objects.get().person.number == ""


def test_an_import_under_way_goes_on_and_its_jobs_find_who_does_them(upgraded):
    paused = ImportRun.objects.get(state=RunState.PAUSED)
    assert paused.staging in connection.introspection.table_names()
    assert Following.objects.get().run.file_name == "register.csv"
    kinds = set(Job.objects.values_list("kind", flat=True))
    assert {"population.import", "population.follow", "pilot.import", "rollout.call"} <= kinds
    assert not any(kind.startswith(("rollout.import", "rollout.follow")) for kind in kinds)
    assert kinds <= set(handlers._handlers)


def test_phases_places_and_subscriptions_are_as_they_were(upgraded):
    assert list(Phase.objects.values_list("code", "capacity")) == [
        ("pilot", 100_000),
        ("national", 60_000_000),
    ]
    assert Shard.objects.count() == 64
    assert SummarySubscription.objects.get().officer.email == "administrator@example.org"


@pytest.mark.parametrize("upgraded", [LAST], indirect=True)
def test_the_last_releases_code_can_serve_on_it(upgraded):
    """While processes are replaced one after the other, and again when a release is taken back."""
    name = connection.settings_dict["NAME"]
    assert len(upgraded.before) > 400
    assert stands_in_the_way(upgraded.before, columns_of(name)) == []


TEXT, LONG = Column("character varying", 20, must=True), Column("text", 0, must=False)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({("person", "name"): TEXT, ("person", "note"): LONG}, []),
        (
            {("person", "name"): TEXT, ("case", "title"): TEXT},
            [],
        ),  # a table that it knows nothing of
        ({}, ["person.name: gone"]),
        ({("person", "name"): TEXT._replace(longest=10)}, ["person.name: other"]),
        ({("person", "name"): TEXT._replace(longest=30)}, []),
        ({("person", "name"): LONG}, ["person.name: other"]),
        ({("person", "name"): TEXT, ("person", "rank"): TEXT}, ["person.rank: asked for"]),
    ],
)
def test_what_stands_in_the_way_of_the_last_release_is_named(now, said):
    assert stands_in_the_way({("person", "name"): TEXT}, now) == said

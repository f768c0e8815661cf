"""The roles that are shipped, as who logs in under them finds it."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml

from devstack.embedded.account import service_account
from devstack.embedded.paths import ROOT
from devstack.embedded.postgres import BACKUP, OWNER, SERVING, Postgres, program
from tests.portal import Portal

OWNED = "SELECT count(*) FROM pg_shdepend WHERE refobjid = %s::regrole AND deptype = 'o'"
CONNECTED = """
    SELECT DISTINCT usename FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
      AND pid <> pg_backend_pid()
"""


def serving(portal: Portal) -> psycopg.Connection:
    return psycopg.connect(portal.environment["DATABASE_URL"], autocommit=True)


@pytest.mark.browser
def test_the_portal_is_connected_under_a_role_that_owns_nothing(portal: Portal):
    assert portal.query(CONNECTED) == [(SERVING,)]
    assert portal.query(OWNED, SERVING) == [(0,)]


@pytest.mark.browser
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE population_record DISABLE TRIGGER ALL",
        "DROP TABLE audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_entry SET reason = ''",
        "DELETE FROM audit_entry",
        "TRUNCATE population_record",
        "DROP TABLE population_record",
        "DROP FUNCTION audit_refuse() CASCADE",
        "SELECT audit_drop_month('2020-01-01')",
        "CREATE TABLE of_mine (word text)",
        "SET ROLE dopa",
        "SET SESSION AUTHORIZATION dopa",
        "SET session_replication_role = replica",
        "GRANT dopa TO dopa_serving",
        "ALTER ROLE dopa_serving SUPERUSER",
        "COPY offices_office TO PROGRAM 'cat'",
        "CREATE SCHEMA of_mine",
        "CREATE DATABASE of_mine",
    ],
)
def test_what_it_could_do_to_the_log_or_to_tables_is_refused(portal: Portal, statement: str):
    refused = psycopg.errors.InsufficientPrivilege
    with serving(portal) as connection, pytest.raises(refused):
        connection.execute(statement)


@pytest.mark.browser
def test_its_own_temporary_tables_are_not_taken_for_the_portals(portal: Portal):
    with serving(portal) as connection:
        connection.execute("CREATE TEMP TABLE population_importrun (id uuid, replaced_table bool)")
        connection.execute("INSERT INTO population_importrun SELECT gen_random_uuid(), true")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="did not make the register"):
            connection.execute("SELECT population_empty_register(id) FROM population_importrun")


def test_every_function_that_runs_as_its_owner_looks_for_those_last(portal: Portal):
    found = portal.query("SELECT proname, proconfig FROM pg_proc WHERE prosecdef")
    assert len(found) > 8
    assert [name for name, how in found if "search_path=public, pg_temp" not in how] == []


PASSWORDS = {
    "OWNER_PASSWORD": "of owner's",
    "SERVING_PASSWORD": "of serving",
    "BACKUP_PASSWORD": "b",
}


@pytest.fixture
def cluster() -> Iterator[dict[str, str]]:
    """How psql finds the superuser of a cluster that has the roles and no database of ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)  # it may run under another account
        own = Postgres(folder / "postgres", throwaway=True, account=service_account())
        own._initialise()
        own._single_user("ALTER ROLE postgres PASSWORD 'of-the-superuser'\n")
        own.start(log=folder / "postgres.log", keep_open=-1)
        port = urlsplit(own.url).port
        place = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGPASSWORD": "of-the-superuser"}
        _psql(place, "DROP DATABASE dopa")
        yield place
        own.child.stop()


def _psql(place: dict[str, str], statement: str) -> str:
    command = [
        program("psql"),
        "--username=postgres",
        "--no-align",
        "--tuples-only",
        "-c",
        statement,
    ]
    return subprocess.run(  # noqa: S603 - our own program
        command, env=os.environ | place, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_containers_database_is_ready_for_the_release_after_its_first_start(cluster):
    path = f"{Path(program('psql')).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(  # noqa: S603 - our own script
        [ROOT / "deploy" / "first-start.sh"],
        env=os.environ | cluster | PASSWORDS | {"PATH": path},
        check=True,
    )
    for role, password in zip((OWNER, SERVING, BACKUP), PASSWORDS.values(), strict=True):
        how = {"host": cluster["PGHOST"], "port": cluster["PGPORT"], "dbname": "dopa"}
        with psycopg.connect(**how, user=role, password=password) as connection:
            makes = "SELECT has_schema_privilege('public', 'CREATE')"
            assert connection.execute(makes).fetchone() == (role == OWNER,)
            kinds = "SELECT count(*) FROM pg_extension WHERE extname IN ('vector', 'pg_trgm')"
            assert connection.execute(kinds).fetchone() == (2,)
    replicates = (
        "SELECT rolreplication AND NOT rolsuper FROM pg_roles WHERE rolname = 'dopa_backup'"
    )
    assert _psql(cluster, replicates) == "t"


def test_only_the_release_knows_the_owner():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    logins = {
        name: re.match(r"postgresql://(\w+):", each["environment"]["DATABASE_URL"]).group(1)
        for name, each in services.items()
        if "DATABASE_URL" in each.get("environment", {})
    }
    assert logins.pop("release") == OWNER
    assert (len(logins) >= 5, set(logins.values())) == (True, {SERVING})
    unit = (ROOT / "deploy" / "systemd" / "dopa@.service").read_text()
    assert "release.env" not in unit

"""The database of the tests that commit is after each of them what it was."""

import psycopg
import pytest

from tests.own_database import UNTOUCHED, OwnDatabase, asked, copy_of, parameters, schema_of

TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relname !~ '^pg_|^sql_'"


@pytest.fixture
def own(transactional_db, own_database) -> OwnDatabase:
    return own_database


def run(own: OwnDatabase, *statements: str) -> None:
    with psycopg.connect(**parameters(own.name)) as inside:
        inside.execute("SET session_replication_role = replica")  # no trigger refuses it
        for each in statements:
            inside.execute(each)


def all_of(own: OwnDatabase) -> tuple[list[str], dict[str, list[bytes]], int]:
    with psycopg.connect(**parameters(own.name)) as inside:
        tables = [table for (table,) in asked(inside, TABLES)]
        rows = {table: sorted(copy_of(inside, table).splitlines()) for table in tables}
        (used,) = inside.execute("SELECT nextval('django_content_type_id_seq')").fetchone()
        return schema_of(inside), rows, used


WRITTEN = {
    "a new row": "INSERT INTO django_session VALUES ('a', 'b', now())",
    "a changed row": "UPDATE django_content_type SET model = model || 'x'",
    "a row that the migrations wrote is gone": "DELETE FROM django_content_type WHERE id < 5",
    "a table without its rows": "TRUNCATE django_content_type CASCADE",
    "no entry in the log": "DELETE FROM audit_entry",
    "a number that was drawn": "SELECT nextval('django_content_type_id_seq')",
    "a new table": "CREATE TABLE mine AS SELECT 1 AS number",
}
CHANGED = {
    "a new table": "CREATE TABLE mine (number int)",
    "a new column": "ALTER TABLE django_content_type ADD COLUMN mine text",
    "a column that may be empty": "ALTER TABLE django_content_type ALTER app_label DROP NOT NULL",
    "a default": "ALTER TABLE django_session ALTER session_data SET DEFAULT 'mine'",
    "a constraint": "ALTER TABLE django_session ADD CHECK (session_key <> 'mine')",
    "a trigger that is off": "ALTER TABLE audit_entry_default DISABLE TRIGGER ALL",
    "a right": "GRANT DELETE ON audit_entry TO dopa_serving",
    "a right to a column": "GRANT UPDATE (details) ON audit_entry TO dopa_serving",
    "an index that is gone": "DROP INDEX django_session_expire_date_a5c62663",
    "a new function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "other steps of a sequence": "ALTER SEQUENCE django_content_type_id_seq INCREMENT 5",
}


@pytest.mark.parametrize("statement", WRITTEN.values(), ids=WRITTEN)
def test_what_was_done_to_it_is_gone(own, statement):
    before = all_of(own)
    own.put_back()
    run(own, statement)
    own.put_back()
    own.be_ready()
    assert all_of(own) == before


@pytest.mark.parametrize("statement", CHANGED.values(), ids=CHANGED)
def test_another_schema_is_seen(own, statement):
    with psycopg.connect(**parameters(own.name)) as inside:
        inside.execute(statement)
        assert asked(inside, UNTOUCHED) != own.untouched
        assert schema_of(inside) != own.schema
        inside.rollback()
        assert asked(inside, UNTOUCHED) == own.untouched
        assert schema_of(inside) == own.schema


def test_a_table_in_the_place_of_one_like_it_needs_no_new_copy(own):
    run(
        own,
        "CREATE TABLE mine (LIKE django_session INCLUDING ALL)",
        "INSERT INTO mine VALUES ('a', 'b', now())",
        "DROP TABLE mine",
        "TRUNCATE django_session",
        "INSERT INTO django_session VALUES ('a', 'b', now())",
    )
    own.put_back()
    assert own.made
    run(own, "CREATE TABLE mine (number int)")
    own.put_back()
    assert not own.made
    own.be_ready()


def test_whoever_is_still_connected_is_sent_out_with_what_they_had_begun(own):
    with psycopg.connect(**parameters(own.name)) as left:
        left.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
        own.put_back()
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    assert all_of(own)[1]["django_session"] == []

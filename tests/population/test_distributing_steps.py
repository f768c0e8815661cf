"""`manage.py distribute` step by step, beside tables and functions that are named as Citus's are.

What Citus itself does with them nothing here can show: docs/scale.md says who has to look.
"""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import distributing
from tests.population.test_scale import GROWING

pytestmark = pytest.mark.django_db

# Found before those of PostgreSQL. Each call of the function leaves what Citus's view would show.
LIKE_CITUS = """
    CREATE SCHEMA like_citus;
    CREATE TABLE like_citus.pg_available_extensions (name text);
    CREATE TABLE like_citus.pg_extension (extname text);
    CREATE TABLE like_citus.nodes (name text);
    CREATE FUNCTION like_citus.citus_get_active_worker_nodes() RETURNS SETOF like_citus.nodes
        LANGUAGE sql AS 'SELECT name FROM like_citus.nodes';
    CREATE TABLE like_citus.citus_tables (table_name regclass, distribution_column text,
        colocation_id int, shard_count int, citus_table_type text);
    CREATE FUNCTION like_citus.create_distributed_table
        (name regclass, spread_by text, colocate_with text) RETURNS void LANGUAGE sql AS $$
        INSERT INTO like_citus.citus_tables VALUES (name, spread_by,
            CASE colocate_with WHEN 'none' THEN 1 ELSE
                (SELECT colocation_id FROM like_citus.citus_tables
                 WHERE table_name = colocate_with::regclass) END,
            current_setting('citus.shard_count')::int, 'distributed') $$;
    SET LOCAL search_path = like_citus, public, pg_catalog
"""
CLUSTER = (
    ("pg_available_extensions", "citus", "has no Citus: install the extension"),
    ("pg_extension", "citus", "CREATE EXTENSION citus"),
    ("nodes", "a", "knows no worker"),
)


def ask(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def said() -> str:
    output = io.StringIO()
    call_command("distribute", stdout=output)
    return output.getvalue()


@pytest.fixture
def citus() -> None:
    ask(LIKE_CITUS)


@pytest.fixture
def cluster(citus) -> None:
    for place, name, _refusal in CLUSTER:
        ask(f"INSERT INTO like_citus.{place} VALUES ('{name}')")  # noqa: S608


@pytest.mark.usefixtures("citus")
def test_it_names_one_after_the_other_what_a_cluster_lacks():
    for place, name, refusal in CLUSTER:
        with pytest.raises(CommandError, match=refusal):
            said()
        ask(f"INSERT INTO like_citus.{place} VALUES ('{name}')")  # noqa: S608
    assert "lies where the number's key says" in said()


@pytest.mark.usefixtures("cluster")
def test_an_import_that_is_under_way_is_let_end():
    ask("CREATE TABLE public.population_staging_1 (part int) PARTITION BY LIST (part)")
    with pytest.raises(CommandError, match="An import is under way"):
        said()
    assert ask("SELECT * FROM citus_tables") == []


@pytest.mark.usefixtures("cluster")
def test_each_table_is_spread_once_and_what_is_new_is_added_beside():
    assert said().count("create_distributed_table") == len(GROWING)
    assert distributing.faults() == []
    assert "create_distributed_table" not in said()
    ask("DELETE FROM citus_tables WHERE table_name = 'identity_device'::regclass")
    assert distributing.faults() == ["identity_device is not distributed."]
    assert said().count("create_distributed_table") == 1
    assert distributing.faults() == []
    shards = ask("SELECT DISTINCT shard_count, colocation_id FROM citus_tables")
    assert shards == [(distributing.SHARDS // distributing.PARTITIONS, 1)]


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("distribution_column = 'id'", "identity_device is distributed by id, not by number_key."),
        ("colocation_id = 7", "The tables are not co-located"),
    ],
)
def test_what_is_spread_otherwise_is_told_and_not_passed_over(change, sentence):
    said()
    ask(f"UPDATE citus_tables SET {change} WHERE table_name = 'identity_device'::regclass")  # noqa: S608
    with pytest.raises(CommandError, match=sentence):
        said()

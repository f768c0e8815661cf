"""`manage.py distribute`, as far as a PostgreSQL without Citus can show it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core import distributing
from tests.population.test_scale import GROWING, WHOLE

pytestmark = pytest.mark.django_db

# As Citus shows them where only the register is distributed; one that is not is beside it.
CITUS_TABLES = """
    CREATE TABLE citus_tables AS SELECT * FROM (VALUES
        ('population_record'::regclass, 'number_key', 1, 32, 'distributed'),
        ('offices_office'::regclass, '<none>', 2, 1, 'reference')
    ) AS _(table_name, distribution_column, colocation_id, shard_count, citus_table_type);
    GRANT SELECT ON citus_tables TO PUBLIC
"""


def said(*arguments: str) -> str:
    output = io.StringIO()
    call_command("distribute", *arguments, stdout=output)
    return output.getvalue()


def test_without_the_extension_it_refuses_and_says_what_to_install():
    with pytest.raises(CommandError, match="has no Citus: install the extension"):
        said()


def test_the_tables_are_found_in_the_database_and_are_those_we_know():
    found = distributing.growing()
    assert set(found) == GROWING
    assert found[0] == "population_record"


def test_what_is_distributed_is_what_citus_names_and_without_it_nothing():
    assert distributing.distributed() == set()
    with connection.cursor() as cursor:
        cursor.execute(CITUS_TABLES)
    assert distributing.distributed() == {"population_record"}
    assert set(distributing.left_to_do()) == GROWING - {"population_record"}


def test_the_plan_is_printed_and_nothing_is_done():
    first, second, *others = said("--plan").splitlines()
    assert first == "SET LOCAL citus.shard_count = 32;"
    assert second == (
        "SELECT create_distributed_table"
        "('population_record', 'number_key', colocate_with => 'none');"
    )
    assert len(others) == len(GROWING) - 1
    assert all(line.endswith("colocate_with => 'population_record');") for line in others)


def test_every_partitioned_table_has_as_many_partitions_as_the_shards_are_counted_for():
    partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = %s::regclass"
    counted = {name: distributing._ask(partitions, name)[0][0] for name in GROWING}
    assert counted == {name: 0 if name in WHOLE else distributing.PARTITIONS for name in GROWING}

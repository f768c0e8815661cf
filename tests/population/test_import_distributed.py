"""A first import where the register is distributed, as far as one without Citus can show it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from population.imports import services
from population.models import RowBefore
from tests.population.files import people, register, staging_tables, write
from tests.population.runs import ACTOR, KillAfter, Killed, bring_in, counts
from tests.population.test_distributing import CITUS_TABLES

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE NONE; {statement}; RESET ROLE")


def table() -> int:
    """The register, whatever it is called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'population_record'::regclass::oid")
        return cursor.fetchone()[0]


@pytest.fixture
def distributed(offices) -> Iterator[int]:
    """The table that is distributed."""
    as_owner(CITUS_TABLES)
    yield table()
    as_owner("DROP TABLE citus_tables")


def test_the_register_stays_the_table_it_is_and_can_go_back(tmp_path, distributed):
    run = bring_in(write(tmp_path / "first.csv", people(60)))
    assert counts(run) == {"rows": 60, "inserted": 60}
    assert (table(), len(register()), run.replaced_table) == (distributed, 60, False)
    services.roll_back(run, actor=ACTOR)
    assert (table(), register()) == (distributed, {})
    assert not RowBefore.objects.exists()


@pytest.mark.parametrize("reports", [1, 8])
def test_killed_it_is_resumed_into_the_same_table(tmp_path, distributed, reports):
    path = write(tmp_path / "first.csv", people(60))
    with pytest.raises(Killed):
        bring_in(path, on_progress=KillAfter(reports))
    run = bring_in(path, resume=True)
    assert counts(run) == {"rows": 60, "inserted": 60}
    assert (table(), len(register()), staging_tables()) == (distributed, 60, set())


def test_elsewhere_the_loaded_table_becomes_the_register(tmp_path):
    before = table()
    run = bring_in(write(tmp_path / "first.csv", people(60)))
    assert counts(run) == {"rows": 60, "inserted": 60}
    assert table() != before

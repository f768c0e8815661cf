"""Imports by who serves: all of them are tested under that role, which these see."""

import pytest
from django.db import DatabaseError, connection

from devstack.embedded.postgres import OWNER, SERVING
from population.models.record import REGISTER
from tests.population.files import people, write
from tests.population.runs import bring_in, counts

pytestmark = pytest.mark.usefixtures("offices")
OWNERS = f"""
    SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relname LIKE '{REGISTER}%'
"""  # noqa: S608 - our own name


def value(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_the_register_stays_the_owners_and_is_written_by_who_serves(tmp_path):
    assert value("SELECT current_user") == SERVING
    for count in (3, 4):
        run = bring_in(write(tmp_path / f"{count}.csv", people(4)[:count]))
    assert counts(run) == {"rows": 4, "inserted": 1, "unchanged": 3}
    assert value(OWNERS) == OWNER
    assert value(f"SELECT has_table_privilege('{REGISTER}_03', 'UPDATE')") is True
    assert value(f"SELECT has_table_privilege('{REGISTER}', 'TRUNCATE')") is False


@pytest.mark.parametrize("statement", [f"DROP TABLE {REGISTER}", f"TRUNCATE {REGISTER}"])
def test_who_serves_does_nothing_else_to_the_table(statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        value(statement)

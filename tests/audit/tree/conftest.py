"""The tree holds what is committed, so its tests commit."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections


@pytest.fixture
def db(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Here `db` is a database of the test's own: nothing could clear this one afterwards."""
    settings = connection.settings_dict
    name, own = settings["NAME"], f"{settings['NAME']}_audit"
    with django_db_blocker.unblock():
        connections.close_all()
        administer(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        administer(f'CREATE DATABASE "{own}" TEMPLATE "{name}"')
        settings["NAME"] = own
        yield
        connections.close_all()
        settings["NAME"] = name
        administer(f'DROP DATABASE "{own}" WITH (FORCE)')


def administer(statement: str) -> None:
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    known = {"dbname", "user", "password", "host", "port"}
    chosen = {key: value for key, value in parameters.items() if key in known}
    with psycopg.connect(**chosen, autocommit=True) as outside:
        outside.execute(statement)

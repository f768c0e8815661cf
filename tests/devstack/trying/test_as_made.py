"""`make reset`: the samples as they were, and no database but our own."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from redis import Redis

from devstack.embedded import as_made
from devstack.embedded.child import ChildFailed
from tests.own_database import administer

NAME = "dopa_reset"
WORDS = "SELECT word FROM made"


@pytest.fixture
def addresses(monkeypatch) -> Iterator[dict[str, str]]:
    """A database with something in it, and a corner of Valkey, under names of the test's own."""
    monkeypatch.setattr(as_made, "KEPT", f"{NAME}_as_made")
    monkeypatch.setattr(as_made, "FRESH", f"{NAME}_fresh")
    names = (NAME, as_made.KEPT, as_made.FRESH)
    for name in names:
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{NAME}"')
    redis = f"{os.environ['REDIS_URL'].removesuffix('/0')}/15"
    address = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}"))
    run(address, "CREATE TABLE made (word text)")
    run(address, "INSERT INTO made VALUES ('as made')")
    yield {"DATABASE_URL": address, "REDIS_URL": redis}
    for name in names:
        administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run(address: str, statement: str) -> list[tuple]:
    with psycopg.connect(address) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_everything_is_as_it_was_made_also_while_somebody_is_in_it(addresses, tmp_path: Path):
    address = addresses["DATABASE_URL"]
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "first").write_text("sealed")
    with psycopg.connect(address):
        as_made.keep(tmp_path, address)
    run(address, "UPDATE made SET word = 'changed'")
    (tmp_path / "evidence" / "first").unlink()
    (tmp_path / "evidence" / "second").write_text("sealed")
    with Redis.from_url(addresses["REDIS_URL"]) as valkey, psycopg.connect(address):
        valkey.set("left", "over")
        as_made.bring_back(tmp_path, addresses)
        assert valkey.keys() == []
    assert run(address, WORDS) == [("as made",)]
    assert [path.name for path in (tmp_path / "evidence").iterdir()] == ["first"]


def test_it_may_be_done_again(addresses, tmp_path: Path):
    as_made.keep(tmp_path, addresses["DATABASE_URL"])
    for _ in range(2):
        run(addresses["DATABASE_URL"], "DELETE FROM made")
        as_made.bring_back(tmp_path, addresses)
        assert run(addresses["DATABASE_URL"], WORDS) == [("as made",)]


def test_what_was_never_kept_cannot_be_brought_back(addresses, tmp_path: Path):
    with pytest.raises(ChildFailed, match="no `make run` has finished its samples"):
        as_made.bring_back(tmp_path, addresses)
    assert run(addresses["DATABASE_URL"], WORDS) == [("as made",)]


def test_a_server_that_runs_out_of_another_folder_is_left_alone(addresses, tmp_path: Path):
    with pytest.raises(ChildFailed, match="names services of somebody else"):
        as_made.reset(tmp_path, addresses)
    assert run(addresses["DATABASE_URL"], WORDS) == [("as made",)]


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
def test_services_that_the_environment_names_are_never_touched(name, monkeypatch, tmp_path):
    monkeypatch.setenv("DOPA_VAR_DIR", str(tmp_path))
    for each in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(each)
    monkeypatch.setenv(name, "somewhere://else")
    with pytest.raises(SystemExit, match=name):
        as_made.main()


def test_a_folder_without_a_portal_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("DOPA_VAR_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name)
    with pytest.raises(SystemExit, match=str(tmp_path)):
        as_made.main()

import json
import os
from pathlib import Path

import pytest

from core.keyring import PURPOSES
from devstack.embedded import environment
from devstack.embedded.environment import NoServices
from devstack.embedded.files import Lock

NAMES = ("DATABASE_URL", "REDIS_URL", "DJANGO_SECRET_KEY", "DOPA_KEYRING")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty var folder and an environment that names nothing."""
    for name in NAMES:
        monkeypatch.setenv(name, "")  # so that what load() sets is undone
        monkeypatch.delenv(name)
    monkeypatch.setenv("DOPA_VAR_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def running(folder: Path):
    """As a running portal leaves it: the lock held, the addresses beside it."""
    environment.state_path(folder).write_text(
        json.dumps({"DATABASE_URL": "postgresql://here", "REDIS_URL": "redis://here"})
    )
    lock = Lock(environment.lock_path(folder))
    assert lock.take()
    yield folder
    lock.release()


def test_a_command_without_services_ends_with_what_to_do(folder: Path):
    with pytest.raises(NoServices, match="make run"):
        environment.load()


def test_addresses_that_nobody_serves_any_more_are_not_believed(folder: Path):
    environment.state_path(folder).write_text(json.dumps({"DATABASE_URL": "postgresql://gone"}))
    with pytest.raises(NoServices):
        environment.load()


@pytest.mark.usefixtures("running")
def test_the_running_portal_is_reached():
    environment.load()
    assert os.environ["DATABASE_URL"] == "postgresql://here"
    assert os.environ["REDIS_URL"] == "redis://here"


@pytest.mark.usefixtures("running")
def test_what_the_environment_names_counts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere")
    environment.load()
    assert os.environ["DATABASE_URL"] == "postgresql://elsewhere"
    assert os.environ["REDIS_URL"] == "redis://here"


@pytest.mark.usefixtures("running")
def test_secrets_stay_the_same_from_run_to_run(monkeypatch: pytest.MonkeyPatch):
    environment.load()
    first = {name: os.environ[name] for name in NAMES}
    for name in NAMES:
        monkeypatch.delenv(name)
    environment.load()
    assert {name: os.environ[name] for name in NAMES} == first


@pytest.mark.usefixtures("running")
def test_the_keyring_has_a_key_for_every_purpose():
    environment.load()
    ring = json.loads(os.environ["DOPA_KEYRING"])
    assert tuple(ring) == PURPOSES
    assert {len(bytes.fromhex(entry["keys"][entry["current"]])) for entry in ring.values()} == {32}

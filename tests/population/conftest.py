"""A register that can be imported in small chunks, and an administrator who does it."""

from collections.abc import Iterator

import pytest

from devstack.demo.signed_in import sign_in
from offices.services import load_offices
from population.imports import reading
from tests.conftest import serving
from tests.factories import OfficerFactory
from tests.levers import prove_factor


@pytest.fixture
def transactional_db(transactional_db) -> Iterator[None]:
    """The register is imported by who serves, who owns none of its tables."""
    with serving():
        yield


@pytest.fixture
def offices(transactional_db) -> None:
    load_offices()


@pytest.fixture
def small_chunks(monkeypatch) -> None:
    """A chunk of a few dozen people, so that a small file has several."""
    monkeypatch.setattr(reading, "CHUNK_BYTES", 4096)


@pytest.fixture
def admin(offices, client):
    officer = OfficerFactory(administrator=True)
    sign_in(client, officer)
    prove_factor(client, officer)
    return client


@pytest.fixture
def folder(tmp_path, settings):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path

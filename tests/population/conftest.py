"""A register that can be imported in small chunks, and an administrator who does it."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django_otp import DEVICE_ID_SESSION_KEY

from offices.models import AllauthDevice
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
    totp = Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    device = AllauthDevice.objects.create(authenticator=totp, user=officer, name="totp")
    client.force_login(officer)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    prove_factor(client, officer)
    return client


@pytest.fixture
def folder(tmp_path, settings):
    settings.IMPORT_FOLDER = tmp_path
    return tmp_path

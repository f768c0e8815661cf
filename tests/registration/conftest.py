"""Officers who have passed both steps of signing in."""

import json

import pytest

from devstack.demo.signed_in import sign_in
from offices.models import Officer
from tests.factories import OfficerFactory
from tests.portal import Portal

AT_EVERY_STEP = (
    "from tests.registration.every_step import sessions_at_every_step as make; print(make())"
)


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> dict[str, str]:
    """Of citizens at every step, in a portal that runs: by the step's name."""
    return json.loads(portal.manage("shell", "--verbosity=0", "-c", AT_EVERY_STEP))


@pytest.fixture
def officer(db) -> Officer:
    return OfficerFactory()


@pytest.fixture
def administrator(db) -> Officer:
    return OfficerFactory(administrator=True)


@pytest.fixture
def chief(db) -> Officer:
    return OfficerFactory(supervisor=True)


@pytest.fixture
def province(db) -> Officer:
    return OfficerFactory(provincial=True)


@pytest.fixture
def signed_in():
    """`signed_in(client, officer)`: the client, with a session verified by a one-time password."""
    return sign_in

"""Officers on their way in, and such as have passed both steps."""

import pytest
from django.test import Client

from offices.models import Officer
from tests.factories import PASSWORD, OfficerFactory
from tests.population.conftest import transactional_db
from tests.registration.conftest import administrator, officer, signed_in

__all__ = ["administrator", "officer", "signed_in", "transactional_db"]


@pytest.fixture
def newcomer(client) -> Client:
    """Signed in by password alone."""
    return _sign_in(client, OfficerFactory())


def _sign_in(client: Client, officer: Officer) -> Client:
    assert (
        client.post(
            "/staff/account/login/", {"login": officer.email, "password": PASSWORD}
        ).status_code
        == 302
    )
    return client

"""Who reads the log in tests, signed in with both steps."""

from functools import partial

import pytest
from django.test import Client

from devstack.demo.signed_in import sign_in as sign_in_at
from offices.models import Officer
from tests.factories import OfficerFactory


@pytest.fixture
def sign_in(client, db):
    """`sign_in(officer)`: the client, with a session verified by a one-time password."""
    return partial(sign_in_at, client)


@pytest.fixture
def auditor(db) -> Officer:
    return OfficerFactory(auditor=True)


@pytest.fixture
def reader(auditor, sign_in) -> Client:
    return sign_in(auditor)

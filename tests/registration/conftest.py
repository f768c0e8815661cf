"""Officers who have passed both steps of signing in."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from offices.models import AllauthDevice, Officer
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
def signed_in():
    """`signed_in(client, officer)`: the client, with a session verified by a one-time password."""

    def sign_in(client: Client, officer: Officer) -> Client:
        totp = Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
        device = AllauthDevice.objects.create(authenticator=totp, user=officer, name="totp")
        client.force_login(officer)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return sign_in

"""Who reads the log in tests, signed in with both steps."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from offices.models import AllauthDevice, Officer
from tests.factories import OfficerFactory


@pytest.fixture
def sign_in(client, db):
    """`sign_in(officer)`: the client, with a session verified by a one-time password."""

    def sign_in(officer: Officer) -> Client:
        totp = Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
        device = AllauthDevice.objects.create(authenticator=totp, user=officer, name="totp")
        client.force_login(officer)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return sign_in


@pytest.fixture
def auditor(db) -> Officer:
    return OfficerFactory(auditor=True)


@pytest.fixture
def reader(auditor, sign_in) -> Client:
    return sign_in(auditor)

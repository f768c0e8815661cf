"""Answers that no security key gives, at the second step of an officer's sign-in."""

import json

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from tests.factories import PASSWORD, OfficerFactory
from tests.identity.authenticator import Authenticator
from tests.mutating import json_of

pytestmark = pytest.mark.django_db
SECOND = "/staff/account/2fa/authenticate/"
SHOWN = json.loads(Authenticator().get({"publicKey": {"challenge": "x" * 22}}))


@pytest.fixture
def door() -> Client:
    """Behind the password."""
    officer = OfficerFactory()
    TOTP.activate(officer, "A" * 32)
    client = Client(raise_request_exception=False)
    client.post("/staff/account/login/", {"login": officer.email, "password": PASSWORD})
    assert client.get(SECOND).status_code == 200
    return client


def test_none_breaks_the_page(door):
    odd = [SHOWN, *json_of(SHOWN)][::4]
    texts = [*map(json.dumps, odd), "1" * 5_000, "", "{"]
    told = {door.post(SECOND, {"credential": text}).status_code for text in texts}
    assert told <= {200, 302, 422, 429}

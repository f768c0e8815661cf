"""Officers who have passed both steps of the sign-in, without walking them."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from offices.models import AllauthDevice, Officer


def sign_in(client: Client, officer: Officer) -> Client:
    """Django's test client, signed in; the same one."""
    client.force_login(officer)
    session = client.session
    _pass_second_step(session, officer)
    session.save()
    return client


def prove_factor(client: Client, officer: Officer, *, ago: float = 0) -> None:
    """As if a code had been typed so many seconds ago."""
    session = client.session
    proof = {"method": "mfa", "at": time.time() - ago, "id": 1, "type": "totp"}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()


def officer_session(officer: Officer) -> SessionStore:
    """A session in the database, for a browser's cookie; nothing is told of a sign-in."""
    session = SessionStore()
    session[SESSION_KEY] = str(officer.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
    _pass_second_step(session, officer)
    session.create()
    return session


def _pass_second_step(session: SessionBase, officer: Officer) -> None:
    totp, _ = Authenticator.objects.get_or_create(
        user=officer, type=Authenticator.Type.TOTP, defaults={"data": {}}
    )
    device, _ = AllauthDevice.objects.get_or_create(authenticator=totp, user=officer, name="totp")
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id

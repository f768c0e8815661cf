"""A citizen's browser with an unlocked digital ID, and a service with authlib as its client."""

import time

import pytest
from authlib.integrations.requests_client import OAuth2Session
from django.test import Client
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

from identity import sessions
from identity.models import Device
from relying_parties.models import RelyingParty
from tests.identity.conftest import device, key  # noqa: F401 - pytest finds fixtures by name
from tests.relying_parties.factories import CALLBACK, SECRET, RelyingPartyFactory

HOST = "http://localhost"


class Portal(BaseAdapter):
    """Carries what a service's HTTP client sends to the portal's own handler, unchanged."""

    def send(self, request: PreparedRequest, **_options) -> Response:
        headers = {k: v for k, v in request.headers.items() if k != "Content-Length"}
        answered = Client(SERVER_NAME="localhost").generic(
            request.method,
            request.path_url,
            request.body or "",
            content_type=headers.pop("Content-Type", "text/plain"),
            headers=headers,
        )
        response = Response()
        response.status_code, response._content = answered.status_code, answered.content
        response.headers.update(answered.headers)
        response.request, response.url = request, request.url
        return response

    def close(self) -> None:
        pass


@pytest.fixture
def service(db) -> RelyingParty:
    return RelyingPartyFactory()


def client_of(service: RelyingParty, **options) -> OAuth2Session:
    """authlib's client, as the service would run it."""
    settings = {
        "client_id": str(service.pk),
        "client_secret": SECRET,
        "scope": "openid profile age",
        "redirect_uri": CALLBACK,
        "code_challenge_method": "S256",
        "token_endpoint": f"{HOST}/connect/token/",
    }
    session = OAuth2Session(**settings | options)
    session.mount(HOST, Portal())
    return session


@pytest.fixture
def citizen(client, device: Device) -> Client:  # noqa: F811 - the fixture of that name
    """A browser with the digital ID unlocked just now."""
    unlock(client, device)
    return client


def unlock(client: Client, device: Device, *, ago: int = 0) -> None:  # noqa: F811 - as above
    client.defaults["SERVER_NAME"] = "localhost"
    session = client.session
    session[sessions.HOLDER] = str(device.digital_id_id)
    session[sessions.UNLOCKED_AT] = time.time() - ago
    session.save()

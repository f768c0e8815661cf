"""A citizen's browser with an unlocked digital ID, and a service with authlib as its client."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from authlib.integrations.requests_client import OAuth2Session
from django.test import Client
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

from identity import sessions
from identity.models import Device
from relying_parties.models import RelyingParty
from tests.identity.conftest import (  # noqa: F401 - pytest finds fixtures by name
    device,
    holder,
    key,
    open_browser,
    ready_for_consent,
)
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


class Service(BaseHTTPRequestHandler):
    """Says welcome to whoever comes back."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<title>Service</title>Welcome back")

    def log_message(self, *_words) -> None:
        pass


@pytest.fixture
def callback() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/callback"
        server.shutdown()

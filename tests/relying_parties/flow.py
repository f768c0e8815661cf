"""The steps of the code flow, as a service and a citizen take them."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from tests.relying_parties.conftest import HOST, client_of
from tests.relying_parties.factories import CALLBACK

VERIFIER = "v" * 64


def request_of(service, session=None, **changes) -> str:
    """The address a service sends people to; None takes a parameter out."""
    address, _state = (session or client_of(service)).create_authorization_url(
        f"{HOST}/connect/authorize/", code_verifier=VERIFIER, nonce="n-1", state="s-1"
    )
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()} | changes
    return "/connect/authorize/?" + urlencode({k: v for k, v in asked.items() if v is not None})


def shown_on(page) -> str:
    """What a page's form sends along to say which page it was; empty where nothing is decided."""
    found = re.search(rb'name="shown" value="(\w+)"', page.content)
    return found.group(1).decode() if found else ""


def decide(browser: Client, address: str, *, decision="agree", agreed=("birthdate",), shown=None):
    """The answer to the page at `address`, or to one that was opened before and is still there."""
    shown = shown_on(browser.get(address)) if shown is None else shown
    address = address.replace("/authorize/", "/decide/")
    return browser.post(address, {"decision": decision, "agreed": list(agreed), "shown": shown})


def said(answer) -> dict:
    """What came back to the service."""
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(service, answer, **options) -> tuple[dict, object]:
    session = client_of(service, **options.pop("session", {}))
    more = {"code_verifier": VERIFIER, "state": "s-1"} | options
    return session.fetch_token(authorization_response=answer.headers["Location"], **more), session


def signed_in(browser: Client, service, **options) -> tuple[dict, object]:
    return exchange(service, decide(browser, request_of(service)), **options)

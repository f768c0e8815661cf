"""A security key at the second step, in Chromium with a key made of software."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import sign_in, visit
from tests.e2e.staff_walk import stumbles
from tests.portal import Portal

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
OF_A_KEY = ("2fa/webauthn/", "2fa/webauthn/reauthenticate/", "2fa/reauthenticate/", "sessions/")


@pytest.fixture
def desk(browser: Browser, portal: Portal) -> Page:
    """At localhost: a key belongs to a name, and an address is none."""
    address = portal.url.replace("127.0.0.1", "localhost")
    context = visit(browser.new_context(base_url=address, locale="en-GB"))
    page = context.new_page()
    chromium = context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def test_an_officer_adds_a_key_and_signs_in_with_it(portal, desk, supervisor):
    sign_in(desk, supervisor)
    desk.wait_for_url("**/staff/queue/**")
    desk.goto("/staff/account/2fa/webauthn/add/")
    desk.click("form[data-dopa-security-key] button")
    desk.wait_for_url(lambda address: "/webauthn/add/" not in address)
    desk.context.clear_cookies()
    desk.goto("/staff/account/login/")
    desk.fill("input[name=login]", supervisor["email"])
    desk.fill("input[name=password]", supervisor["password"])
    desk.click("main button[type=submit]")
    desk.click("form[data-dopa-security-key] button")
    expect(desk).to_have_url(re.compile("/staff/queue/"))
    assert [fault for language in ("th", "en") for fault in faults(desk, language)] == []


def faults(desk: Page, language: str) -> Iterator[str]:
    """Of pages as they are for whoever has a key."""
    cookie = {"name": "django_language", "value": language, "domain": "localhost", "path": "/"}
    desk.context.add_cookies([cookie])
    for address in OF_A_KEY:
        desk.goto(f"/staff/account/{address}")
        yield from stumbles(desk, address, thai=language == "th")

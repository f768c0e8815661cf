"""Fingerprint or face, and a PIN, on a phone in Chromium: set up, lock, open, and what ends it."""

import os
import re
from collections.abc import Iterator
from itertools import product
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.identity.conftest import consent
from tests.identity.factories import PASSWORD
from tests.looks import faults_of_looks
from tests.portal import Portal

pytestmark = pytest.mark.browser
PIN = "480913"
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasResidentKey": True,
    "automaticPresenceSimulation": True,
}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def named(portal: Portal) -> SimpleNamespace:
    """The portal at localhost: a passkey belongs to a name, and an address is none."""
    return SimpleNamespace(
        url=portal.url.replace("127.0.0.1", "localhost"), query=portal.query, manage=portal.manage
    )


@pytest.fixture
def phone(browser: Browser, named, ready_for_consent: Iterator[str]) -> Iterator[Page]:
    """A citizen who has just consented on a phone that knows its holder, at the card."""
    context = browser.new_context(base_url=named.url, locale="en", viewport=PHONE)
    context.add_cookies([{"name": "django_language", "value": "en", "url": named.url}])
    page = consent(context, next(ready_for_consent), named)
    chromium = context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    made = chromium.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    page.forget_holder = lambda: chromium.send(
        "WebAuthn.setUserVerified", made | {"isUserVerified": False}
    )
    yield page
    context.close()


def begin_setting_up(page: Page) -> None:
    """Once the card is kept for use without network: to leave before would break that off."""
    expect(page.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
    page.get_by_role("link", name="Open faster next time").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="PIN")).to_be_visible()


def set_finger(page: Page) -> None:
    page.get_by_role("button", name="Set up fingerprint or face").click()
    expect(page.get_by_text("From now on fingerprint or face opens")).to_be_visible()


def set_pin(page: Page, pin: str = PIN) -> None:
    page.get_by_label("Six digits of your own").fill(pin)
    page.get_by_label("The six digits again").fill(pin)
    page.get_by_role("button", name="Set the PIN").click()
    expect(page.get_by_text("From now on your PIN opens")).to_be_visible()


def lock(page: Page) -> None:
    page.goto("/id/")
    page.get_by_role("button", name="Lock now").click()
    expect(page.get_by_role("heading", name="Open my digital ID")).to_be_visible()


def is_open(page: Page) -> None:
    expect(page.locator("[data-dopa-qr] path")).to_be_attached()


def open_by_pin(page: Page, pin: str = PIN) -> None:
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_label("Your PIN").press("Enter")


def without_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto("/id/")


def test_a_fingerprint_opens_and_is_taken_away_again(phone: Page):
    begin_setting_up(phone)
    set_finger(phone)
    lock(phone)
    expect(phone.get_by_label("Your password")).to_be_hidden()
    phone.get_by_role("button", name="Fingerprint or face").click()
    is_open(phone)
    without_session(phone)
    phone.get_by_role("button", name="Fingerprint or face").click()
    is_open(phone)
    phone.goto("/id/devices/")
    phone.get_by_role("button", name="No fingerprint or face any more").click()
    expect(phone.get_by_text("It no longer opens on this device.")).to_be_visible()
    lock(phone)
    expect(phone.get_by_label("Your password")).to_be_visible()
    expect(phone.get_by_role("button", name="Fingerprint or face")).to_be_hidden()


def test_a_finger_that_is_not_the_holders_leaves_the_password(phone: Page):
    begin_setting_up(phone)
    set_finger(phone)
    lock(phone)
    phone.forget_holder()
    phone.get_by_role("button", name="Fingerprint or face").click()
    expect(phone.get_by_text("Fingerprint or face did not work.")).to_be_visible()
    phone.get_by_role("button", name="Use the password").click()
    expect(phone.get_by_label("Your password")).to_be_focused()
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Open", exact=True).click()
    is_open(phone)


def test_a_pin_opens_with_the_keyboard_alone_and_five_wrong_ones_end_it(phone: Page):
    begin_setting_up(phone)
    set_pin(phone)
    lock(phone)
    open_by_pin(phone)
    is_open(phone)
    expect(phone.locator("[data-dopa-seal-again]")).to_be_hidden()  # kept a moment ago
    without_session(phone)
    for _ in range(4):
        open_by_pin(phone, "917264")
        expect(phone.locator("#id_pin_error")).to_be_visible()
        expect(phone.get_by_label("Your PIN")).to_have_value("")
    open_by_pin(phone, "917264")
    expect(phone.get_by_text("The PIN no longer opens on this device.").first).to_be_visible()
    expect(phone.get_by_label("Your PIN")).to_be_hidden()
    phone.goto("/id/")
    expect(phone.get_by_label("Your PIN")).to_be_hidden()
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Open", exact=True).click()
    is_open(phone)


def test_another_browser_is_asked_for_the_password_only(phone: Page, browser: Browser, named):
    begin_setting_up(phone)
    set_pin(phone)
    phone.goto("/id/devices/")
    phone.get_by_role("button", name="Add another device").click()
    link = phone.locator(".link-text").inner_text()
    other = browser.new_context(base_url=named.url, locale="en", viewport=PHONE).new_page()
    other.goto(link.replace("127.0.0.1", "localhost"))
    other.locator("main button").click()
    other.wait_for_url("**/id/unlock/")
    expect(other.locator("[name=password]")).to_be_visible()
    expect(other.locator("[name=pin]")).to_be_hidden()
    other.context.close()


def test_without_network_the_password_alone_opens(phone: Page):
    expect(phone.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
    begin_setting_up(phone)
    set_pin(phone)
    lock(phone)
    open_by_pin(phone)
    is_open(phone)
    phone.context.set_offline(True)
    phone.goto("/id/")
    expect(phone.get_by_text("There is no network.")).to_be_visible()
    expect(phone.get_by_text("protected by the password alone")).to_be_visible()
    expect(phone.locator("[name=pin]")).to_have_count(0)
    phone.get_by_label("Your password").fill(PASSWORD)  # the copy of before still opens
    phone.get_by_role("button", name="Open", exact=True).click()
    is_open(phone)


def look(page: Page, name: str) -> None:
    """Pictures for people, where somebody asks for them."""
    folder = os.environ.get("LOOKS")
    if not folder:
        return
    for (width, height), theme in product(((390, 844), (320, 568), (1280, 800)), ("light", "dark")):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=f"{folder}/{name}-{width}-{theme}.png", full_page=True)
    page.set_viewport_size(PHONE)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pages_have_no_fault_light_or_dark(phone: Page, named, language):
    faults = []
    begin_setting_up(phone)
    set_pin(phone)
    set_finger(phone)
    phone.context.add_cookies([{"name": "django_language", "value": language, "url": named.url}])
    for name, address in (("set", "/id/devices/short/"), ("devices", "/id/devices/")):
        phone.goto(address)
        faults += faults_of_looks(phone)
        look(phone, f"{language}-{name}")
    phone.goto("/id/")
    phone.locator("[data-dopa-lock] button").click()
    phone.wait_for_url(re.compile("/id/unlock/"))
    expect(phone.locator("[name=pin]")).to_be_visible()
    faults += faults_of_looks(phone)
    look(phone, f"{language}-open")
    open_by = phone.locator("[name=pin]")
    open_by.fill("917264")
    open_by.press("Enter")
    expect(phone.locator("#id_pin_error")).to_be_visible()
    faults += faults_of_looks(phone)
    look(phone, f"{language}-wrong")
    phone.locator("[data-dopa-use-password]").click()
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("[name=password]").press("Enter")
    is_open(phone)
    phone.goto("/id/devices/short/")
    expect(phone.locator("[name=password]")).to_be_visible()
    faults += faults_of_looks(phone)
    look(phone, f"{language}-asked")
    assert faults == []

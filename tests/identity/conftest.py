"""A device with its private key, as a citizen's phone holds them, and such phones in Chromium."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from joserfc.jwk import ECKey
from playwright.sync_api import Browser, BrowserContext, Page, expect

from identity.models import Device
from tests.identity.factories import PASSWORD, DeviceFactory
from tests.identity.phone_keys import key_of_the_selfie
from tests.portal import Portal

serials = count(1)
AT_A_TIME = 8


@pytest.fixture
def key() -> ECKey:
    return ECKey.generate_key("P-256")


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Where messages to holders arrive."""
    settings.MESSAGES_DIR = tmp_path / "messages"
    return settings.MESSAGES_DIR


@pytest.fixture
def device(db, key) -> Device:
    return DeviceFactory(key=key)


@pytest.fixture
def open_browser(browser: Browser, portal: Portal) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(session)`: somebody's browser on a phone, in English."""
    contexts = []

    def open_one(session: str = "") -> BrowserContext:
        context = browser.new_context(
            base_url=portal.url, locale="en", viewport={"width": 390, "height": 844}
        )
        context.add_cookies([{"name": "django_language", "value": "en", "url": portal.url}])
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def ready_for_consent(portal: Portal) -> Iterator[str]:
    """Browser sessions of citizens who have set the password, made some at a time: Django takes
    seconds to start.
    """

    def make() -> Iterator[str]:
        while True:
            wanted = [next(serials) for _ in range(AT_A_TIME)]
            code = (
                f"from tests.identity.prepared import several_ready as make; print(make({wanted}))"
            )
            yield from portal.manage("shell", "-c", code).split()[-AT_A_TIME:]

    return make()


@pytest.fixture
def holder(open_browser, ready_for_consent: Iterator[str], portal: Portal) -> Page:
    """A citizen who has just consented on this phone and looks at the card."""
    return consent(open_browser(), next(ready_for_consent), portal)


def consent(phone: BrowserContext, ready: str, portal: Portal) -> Page:
    """Consent on this phone as one who is `ready_for_consent`; the page of the card."""
    session, enrollment = ready.split(".")
    phone.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    page = phone.new_page()
    key_of_the_selfie(page, portal, enrollment)
    page.goto("/register/consent/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="I consent").click()
    page.wait_for_url("**/register/done/")
    page.get_by_role("link", name="Show my digital ID").click()
    expect(page.locator("[data-dopa-qr] path")).to_be_attached()
    return page


@pytest.fixture
def shown(tmp_path: Path) -> Callable[[Page], Path]:
    """`shown(page)`: a photo of the code on the holder's screen."""

    def photograph(page: Page) -> Path:
        photo = tmp_path / "code.png"
        page.locator(".code").screenshot(path=photo)
        return photo

    return photograph

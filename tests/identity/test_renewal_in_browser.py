"""A phone that shows a digital ID renews it: the newer one's key and password open it from then."""

import pytest
from playwright.sync_api import Page, expect

from tests.identity.phone_keys import key_of_the_selfie
from tests.portal import Portal

pytestmark = pytest.mark.browser
NEW_PASSWORD = "แดดออกที่ภูเขา-2567"
LAST_TWO = "SELECT status, status_reason FROM identity_digitalid ORDER BY issued_at DESC LIMIT 2"


def opens_with(page: Page, password: str) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto("/id/unlock/")
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Open").click()


def renew(page: Page, portal: Portal) -> None:
    call = f"ready_to_renew({NEW_PASSWORD!r})"
    code = f"from tests.identity.prepared import ready_to_renew; print({call})"
    session, enrollment = portal.manage("shell", "-c", code).split()[-1].split(".")
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    key_of_the_selfie(page, portal, enrollment)
    page.goto("/register/consent/")
    page.get_by_label("Your password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="I consent").click()
    expect(page.get_by_role("heading", name="Your digital ID is issued anew")).to_be_visible()


def test_a_phone_that_has_renewed_opens_the_newer_one(holder, portal):
    opens_with(holder, "no longer known")
    holder.get_by_role("link", name="Forgotten your password?").click()
    expect(holder.get_by_role("button", name="Begin")).to_be_visible()
    renew(holder, portal)
    holder.wait_for_timeout(500)  # the key is put in its place without a word
    opens_with(holder, NEW_PASSWORD)
    expect(holder.locator("[data-dopa-qr] path")).to_be_attached()
    assert portal.query(LAST_TWO) == [("active", ""), ("revoked", "renewed")]

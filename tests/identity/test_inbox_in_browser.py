"""The holder's messages in a real browser: read, marked, and readable in either theme."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_appearance import choose, faults
from tests.identity.factories import PASSWORD
from tests.portal import Portal

pytestmark = pytest.mark.browser
OF_THE_HOLDER = ("/id/", "/id/inbox/", "/id/contact/")


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_holders_pages_have_no_fault_in_either_theme(holder: Page, theme):
    choose(holder, theme)
    assert [fault for address in OF_THE_HOLDER for fault in faults(holder, address)] == []


def test_a_message_is_read_and_an_address_given(holder: Page, portal: Portal):
    holder.get_by_role("link", name="Messages 1 not read").click()
    expect(holder.get_by_text("A digital ID was issued")).to_be_visible()
    holder.get_by_role("button", name="Mark all as read").click()
    expect(holder.get_by_text("Not read", exact=True)).to_have_count(0)
    holder.get_by_role("link", name="Give an e-mail or mobile number").click()
    holder.get_by_label("E-mail or mobile number").fill("081-234-5678")
    holder.get_by_label("Your password").fill(PASSWORD)
    holder.get_by_role("button", name="Save").click()
    expect(holder.get_by_text("We also write to …5678.")).to_be_visible()
    [(sealed,)] = portal.query(
        "SELECT address_sealed FROM identity_holdercontact ORDER BY given_at DESC LIMIT 1"
    )
    assert b"812345678" not in bytes(sealed)

"""A second phone joins a digital ID, and leaves it again, in a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.identity.factories import PASSWORD

pytestmark = pytest.mark.browser


def join(link: str, context: BrowserContext) -> Page:
    """The other phone, from the scanned link to its own code."""
    phone = context.new_page()
    phone.goto(link)
    phone.get_by_role("button", name="Continue here").click()
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Open").click()
    expect(phone.get_by_role("button", name="Use this device")).to_be_visible()  # the next page
    phone.get_by_label("Your password").fill(PASSWORD)
    phone.get_by_role("button", name="Use this device").click()
    expect(phone.locator("[data-dopa-qr] path")).to_be_attached()
    return phone


def test_a_second_phone_shows_a_code_until_it_is_removed(holder, open_browser):
    holder.get_by_role("link", name="My devices").click()
    holder.get_by_role("button", name="Add another device").click()
    phone = join(holder.locator(".link-text").inner_text(), open_browser())
    holder.goto("/id/devices/")
    expect(holder.get_by_label("Name of the device")).to_have_count(2)
    holder.get_by_role("link", name="Remove").nth(1).click()
    holder.get_by_role("button", name="Remove the device").click()
    expect(holder.get_by_label("Name of the device")).to_have_count(1)
    phone.reload()  # what was taken away does not come back for the password
    expect(phone.get_by_role("heading", name="Open my digital ID")).to_be_visible()

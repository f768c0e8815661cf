"""The digital ID opens on the holder's phone where there is no network, for the password."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.identity.factories import PASSWORD
from tests.identity.test_show_in_browser import check

pytestmark = pytest.mark.browser
WHAT_IS_KEPT = """async () => {
  const opening = indexedDB.open("dopa-card");
  await new Promise((done) => (opening.onsuccess = done));
  const kept = opening.result.transaction("kept").objectStore("kept");
  const [names, card] = [kept.getAllKeys(), kept.get("card")];
  await new Promise((done) => (card.onsuccess = done));
  const sealed = card.result && new TextDecoder("latin1").decode(card.result.sealed);
  return [names.result, sealed ?? ""];
}"""


@pytest.fixture
def phone(holder: Page) -> Page:
    """The holder's phone, its card kept, no network, the page opened anew."""
    expect(holder.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
    holder.context.set_offline(True)
    holder.goto("/id/")
    return holder


def unlock(phone: Page, password: str) -> None:
    phone.get_by_label("Your password").fill(password)
    phone.get_by_role("button", name="Open", exact=True).click()


def test_it_opens_shows_and_is_checked_without_network(phone: Page, open_browser, shown):
    checker = open_browser().new_page()
    checker.goto("/check/")
    expect(checker.locator("[data-kept=yes]")).to_be_attached()
    checker.context.set_offline(True)
    expect(phone.get_by_text("There is no network.")).to_be_visible()
    assert Axe().run(phone).response["violations"] == []
    unlock(phone, PASSWORD)
    expect(phone.get_by_text("นางสาว มาลี ใจดี")).to_be_visible()
    assert phone.locator(".id-card__photo").evaluate("async (photo) => photo.decode()") is None
    expect(phone.get_by_text("Opened without network, as it was at")).to_contain_text("today")
    expect(phone.locator("[data-dopa-qr] path")).to_be_attached()
    assert Axe().run(phone).response["violations"] == []
    check(checker, shown(phone))
    verdict = checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    phone.get_by_role("button", name="Lock now").click()
    expect(phone.get_by_text("There is no network.")).to_be_visible()
    expect(phone.get_by_text("มาลี")).to_have_count(0)


def test_what_is_kept_is_sealed_and_five_wrong_passwords_delete_it(phone: Page):
    names, sealed = phone.evaluate(WHAT_IS_KEPT)
    assert names == ["card"]
    assert len(sealed) > 1000
    assert "id-card" not in sealed
    for _ in range(4):
        unlock(phone, "not my password")
        expect(phone.get_by_text("The password is not right")).to_be_visible()
    unlock(phone, PASSWORD)
    expect(phone.locator("[data-dopa-qr] path")).to_be_attached()
    phone.get_by_role("button", name="Lock now").click()
    for _ in range(5):
        unlock(phone, "not my password")
    expect(phone.get_by_text("This device keeps no digital ID")).to_be_visible()
    assert phone.evaluate(WHAT_IS_KEPT) == [[], ""]


def test_with_network_again_everything_is_there(phone: Page):
    phone.context.set_offline(False)
    phone.goto("/id/")
    expect(phone.locator("[data-dopa-qr] path")).to_be_attached()
    expect(phone.get_by_role("link", name="My devices")).to_be_visible()

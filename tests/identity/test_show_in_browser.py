"""From the consent to a checked code, in a real browser against the whole portal."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.identity.factories import PASSWORD

pytestmark = pytest.mark.browser
EXPORT_PRIVATE_KEY = """async () => {
  const opening = indexedDB.open("dopa", 1);
  await new Promise((done) => (opening.onsuccess = done));
  const all = opening.result.transaction("keys").objectStore("keys").getAll();
  await new Promise((done) => (all.onsuccess = done));
  const { privateKey } = all.result[0];
  const answer = await crypto.subtle.exportKey("jwk", privateKey).catch((error) => error.name);
  return [all.result.length, privateKey.extractable, answer];
}"""


def check(page: Page, photo: Path) -> None:
    page.goto("/check/")
    page.get_by_text("Without a camera").click()
    page.get_by_label("A photo of the code").set_input_files(photo)


def agree_to(holder: Page, label: str) -> None:
    before = holder.locator("[data-dopa-qr] path").get_attribute("d")
    holder.locator(".purposes summary").click()
    holder.get_by_label(label).check()
    expect(holder.locator("[data-dopa-qr] path")).not_to_have_attribute("d", before)


def test_a_code_is_shown_checked_and_refused_the_second_time(holder, open_browser, shown):
    agree_to(holder, "Everything on the card")
    photo = shown(holder)
    checker = open_browser().new_page()
    check(checker, photo)
    verdict = checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    expect(verdict).to_contain_text("นางสาว มาลี ใจดี")
    expect(verdict).to_contain_text("12 Feb 1981")
    expect(verdict).to_have_attribute("data-is", "compare")
    verdict.get_by_label("The photo shows the person before me.").check()
    expect(verdict).to_have_attribute("data-is", "good")
    check(checker, photo)
    expect(verdict).to_have_attribute("data-verdict", "replayed")
    expect(verdict).not_to_contain_text("มาลี")


def test_who_agrees_to_nothing_more_shows_an_age_and_no_name(holder, open_browser, shown):
    checker = open_browser().new_page()
    check(checker, shown(holder))
    verdict = checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    expect(verdict.locator("dd:visible")).to_have_text(["Yes", "Yes", "No"])
    expect(verdict).not_to_contain_text("มาลี")


def test_a_checkers_wrong_clock_is_pointed_out(holder, open_browser, shown):
    checker = open_browser().new_page()
    checker.clock.install(time=time.time() + 600)
    check(checker, shown(holder))
    expect(checker.locator("[data-dopa-clock]")).to_contain_text("clock of this device is wrong")
    expect(checker.locator("[data-dopa-verdict]")).to_have_attribute("data-verdict", "valid")


def test_an_address_that_was_scanned_leaves_no_token_behind(open_browser):
    checker = open_browser().new_page()
    checker.goto("/check/#not.our.token")
    expect(checker.locator("[data-dopa-verdict]")).to_have_attribute("data-verdict", "not_ours")
    assert checker.evaluate("[location.pathname, location.hash]") == ["/check/", ""]


def test_the_key_cannot_be_read_out(holder):
    assert holder.evaluate(EXPORT_PRIVATE_KEY) == [1, False, "InvalidAccessError"]


def test_the_device_and_the_password_open_it_without_a_session(holder):
    holder.context.clear_cookies(name="sessionid")
    holder.goto("/id/")
    holder.get_by_label("Your password").fill(PASSWORD)
    holder.get_by_role("button", name="Open", exact=True).click()
    expect(holder.locator("[data-dopa-qr] path")).to_be_attached()


def test_a_locked_id_is_gone_from_the_screen(holder):
    holder.get_by_role("button", name="Lock now").click()
    expect(holder.get_by_role("heading", name="Open my digital ID")).to_be_visible()
    holder.go_back()
    expect(holder.get_by_text("มาลี")).to_have_count(0)


def test_without_network_the_app_says_so_and_keeps_nobody(holder):
    holder.evaluate("navigator.serviceWorker.ready")
    holder.reload()
    holder.context.set_offline(True)
    holder.goto("/id/")
    # On the page that opens the kept ID, where the browser has that by now, or on one of its own.
    expect(holder.locator("main")).to_contain_text("There is no network")
    kept = holder.evaluate("""async () => {
      const requests = await (await caches.open("dopa-shell-1")).keys();
      return requests.map((request) => new URL(request.url).pathname);
    }""")
    assert [path for path in kept if not path.startswith(("/static/", "/offline/"))] == []

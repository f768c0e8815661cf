"""The digital ID opens on the holder's phone where there is no network, for the password."""

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from scripts.chromium import find_chromium
from tests.identity.conftest import consent
from tests.identity.factories import PASSWORD
from tests.identity.test_show_in_browser import check
from tests.looks import violations
from tests.portal import Portal

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
NO_NETWORK = ["--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>"]


@contextmanager
def started(
    playwright: Playwright, folder: Path, portal: Portal, *more: str
) -> Iterator[BrowserContext]:
    """A browser process with all that it keeps in `folder`."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=find_chromium(),
        base_url=portal.url,
        locale="en",
        viewport={"width": 390, "height": 844},
        args=list(more),
    )
    context.add_cookies([{"name": "django_language", "value": "en", "url": portal.url}])
    yield context
    context.close()


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
    assert violations(phone) == []
    unlock(phone, PASSWORD)
    expect(phone.get_by_text("นางสาว มาลี ใจดี")).to_be_visible()
    assert phone.locator(".id-card__photo").evaluate("async (photo) => photo.decode()") is None
    expect(phone.get_by_text("Opened without network, as it was at")).to_contain_text("today")
    expect(phone.locator("[data-dopa-qr] path")).to_be_attached()
    assert violations(phone) == []
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


def test_it_opens_in_a_browser_that_is_started_without_network(
    playwright: Playwright, portal: Portal, ready_for_consent: Iterator[str], tmp_path: Path
):
    with started(playwright, tmp_path, portal) as before:
        page = consent(before, next(ready_for_consent), portal)
        expect(page.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
    shutil.rmtree(tmp_path / "Default" / "Cache")  # a browser may drop it at any time
    with started(playwright, tmp_path, portal, *NO_NETWORK) as cold:
        page = cold.new_page()
        page.goto("/id/")
        unlock(page, PASSWORD)
        expect(page.get_by_text("นางสาว มาลี ใจดี")).to_be_visible()
        expect(page.locator("[data-dopa-qr] path")).to_be_attached()


def test_two_browsers_do_without_any_process_of_the_portal(
    playwright: Playwright,
    portal: Portal,
    ready_for_consent: Iterator[str],
    shown: Callable[[Page], Path],
    tmp_path: Path,
):
    """One has no network, the other one that leads nowhere."""
    with (
        started(playwright, tmp_path / "holder", portal) as phone,
        started(playwright, tmp_path / "checker", portal) as other,
    ):
        holder, checker = consent(phone, next(ready_for_consent), portal), other.new_page()
        expect(holder.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
        checker.goto("/check/")
        expect(checker.locator("[data-kept=yes]")).to_be_attached()
        with portal.stopped():
            other.set_offline(True)
            assert not answers(portal)
            holder.goto("/id/")
            unlock(holder, PASSWORD)
            expect(holder.locator("[data-dopa-qr] path")).to_be_attached()
            check(checker, shown(holder))
            verdict = checker.locator("[data-dopa-verdict]")
            expect(verdict).to_have_attribute("data-verdict", "valid")
            expect(verdict.locator("[data-dopa-offline]")).to_contain_text(
                "Checked without network"
            )
            check(checker, shown(holder))
            expect(verdict).to_have_attribute("data-verdict", "replayed")
    assert answers(portal)


def answers(portal: Portal) -> bool:
    try:
        urllib.request.urlopen(f"{portal.url}/health/live/", timeout=5).close()  # noqa: S310
    except OSError:
        return False
    return True

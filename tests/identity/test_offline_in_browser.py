"""A checker that has opened the page once judges codes without network."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from identity.codes import from_digits, to_digits
from identity.credential.status_list import SIGNED_ANEW_SECONDS
from tests.identity.test_show_in_browser import check
from tests.looks import violations
from tests.portal import Portal

pytestmark = pytest.mark.browser
JUDGE = """async ([code, later]) => {
  const kept = await (await caches.open("dopa-check-1")).keys();
  const { judge } = await import(kept.find(({ url }) => url.includes("/js/judge-code.")).url);
  return judge(code, Date.now() / 1000 + later);
}"""
SET_CLOCK_WRONG = """async () => {
  const opening = indexedDB.open("dopa-check");
  await new Promise((done) => (opening.onsuccess = done));
  const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const asking = kept.put({ ahead: 600 }, "clock");
  await new Promise((done) => (asking.onsuccess = done));
}"""
KEEP_LIST_AS_BEFORE = """async () => {
  const opening = indexedDB.open("dopa-check");
  await new Promise((done) => (opening.onsuccess = done));
  const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const asking = kept.put({ packed: new Uint8Array(9), bits: 2, at: 1, end: 2 ** 40 }, "list-0");
  await new Promise((done) => (asking.onsuccess = done));
}"""
AGE_LIST = """async () => {
  const opening = indexedDB.open("dopa-check");
  await new Promise((done) => (opening.onsuccess = done));
  const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const reading = kept.get("list-0");
  await new Promise((done) => (reading.onsuccess = done));
  const old = { ...reading.result, end: 1 };
  const asking = kept.put(old, "list-0");
  await new Promise((done) => (asking.onsuccess = done));
}"""


@pytest.fixture(scope="module")
def codes(portal: Portal) -> dict[str, str]:
    script = (
        "import json; from tests.identity.prepared import codes_to_judge; "
        "print(json.dumps(codes_to_judge()))"
    )
    made = json.loads(portal.manage("shell", "--verbosity=0", "-c", script).splitlines()[-1])
    wait_for_a_list_made_after(time.time())
    return made


def wait_for_a_list_made_after(moment: float) -> None:
    """Each of the portal's processes may have signed a list a moment ago, for another test: all of
    them sign anew in the next 20 seconds.
    """
    until = (moment // SIGNED_ANEW_SECONDS + 1) * SIGNED_ANEW_SECONDS
    time.sleep(until - moment)


@pytest.fixture
def offline_checker(codes: dict, browser: Browser, portal: Portal) -> Iterator[Page]:
    """Somebody's browser that was on the page once, and now has no network."""
    del codes  # they are made first, so that the list knows of them
    context = browser.new_context(
        base_url=portal.url, locale="en", viewport={"width": 390, "height": 844}
    )
    context.add_cookies([{"name": "django_language", "value": "en", "url": portal.url}])
    page = context.new_page()
    page.goto("/check/")
    expect(page.locator("[data-kept=yes]")).to_be_attached()
    context.set_offline(True)
    page.goto("/check/")
    yield page
    context.close()


def paste(page: Page, code: str) -> None:
    page.get_by_text("Without a camera").click()
    page.get_by_label("The address the code leads to").fill(code)
    page.get_by_role("button", name="Check this address").click()


def seconds_since(code: str) -> float:
    """How far this device's clock has to be turned back to stand where the code was made."""
    made = int.from_bytes(from_digits(code)[-76:-72])
    return made - time.time()


def test_every_case_has_its_answer_without_network(offline_checker, codes):
    now = seconds_since(codes["valid"])
    found = {name: offline_checker.evaluate(JUDGE, [code, now]) for name, code in codes.items()}
    assert {name: answer["verdict"] for name, answer in found.items()} == {
        "valid": "valid",
        "photo": "valid",
        "age": "valid",
        "suspended": "suspended",
        "revoked": "revoked",
        "removed": "removed",
        "expired": "expired",
        "another_devices": "changed",
        "screenshot": "too_old",
        "from_the_future": "wrong_clock",
        "old_pass": "old_pass",
    }
    assert found["valid"]["shown"]["name_th"] == "นางสาว มาลี ใจดี"
    assert found["photo"]["shown"].keys() == {"name_th", "name_en"}
    assert found["age"]["shown"] == {"ages": {"18": True, "20": True, "60": False}}
    assert {name for name, answer in found.items() if answer["shown"]} == {"valid", "photo", "age"}
    again = offline_checker.evaluate(JUDGE, [codes["valid"], now])
    assert (again["verdict"], again["shown"]) == ("replayed", None)


def test_a_changed_bit_anywhere_is_refused_without_network(offline_checker, codes):
    whole, now = from_digits(codes["age"]), seconds_since(codes["age"])
    verdicts = set()
    for bit in range(0, len(whole) * 8, 37):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        answer = offline_checker.evaluate(JUDGE, [to_digits(bytes(changed)), now])
        verdicts.add(answer["verdict"])
        assert answer["shown"] is None
    assert verdicts == {"not_ours", "changed", "unknown_key"}


def test_a_screenshot_is_too_old_after_its_half_minute(offline_checker, codes):
    made = seconds_since(codes["photo"])
    answer = offline_checker.evaluate(JUDGE, [codes["photo"], made + 46])
    assert answer["verdict"] == "too_old"


def test_a_wrong_clock_of_the_checker_is_said_in_a_sentence(offline_checker, codes):
    offline_checker.evaluate(SET_CLOCK_WRONG)
    paste(offline_checker, codes["screenshot"])
    verdict = offline_checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "own_clock")
    expect(verdict).to_contain_text("The clock of this device was wrong by 10 minutes")


def test_a_list_of_yesterday_gives_no_answer(offline_checker, codes):
    offline_checker.evaluate(AGE_LIST)
    now = seconds_since(codes["photo"])
    answer = offline_checker.evaluate(JUDGE, [codes["photo"], now])
    assert (answer["verdict"], answer["shown"]) == ("old_list", None)


def test_a_list_that_an_earlier_version_kept_gives_no_answer(offline_checker, codes):
    offline_checker.evaluate(KEEP_LIST_AS_BEFORE)
    answer = offline_checker.evaluate(JUDGE, [codes["age"], seconds_since(codes["age"])])
    assert (answer["verdict"], answer["shown"]) == ("no_list", None)


def test_both_phones_without_network(holder, shown, offline_checker):
    holder.context.set_offline(True)
    holder.locator(".purposes summary").click()
    holder.get_by_label("Photo and name").check()
    check(offline_checker, shown(holder))
    verdict = offline_checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    expect(verdict).to_have_attribute("data-is", "compare")
    expect(verdict).to_contain_text("นางสาว มาลี ใจดี")
    expect(verdict).not_to_contain_text("12 Feb 1981")
    expect(verdict.locator("[data-dopa-offline]")).to_contain_text("Checked without network")
    expect(verdict.locator("[data-dopa-offline]")).to_contain_text("today")
    assert violations(offline_checker) == []
    verdict.get_by_label("The plastic card shows the person before me").check()
    expect(verdict).to_have_attribute("data-is", "good")


def test_what_is_kept_for_offline_tells_of_nobody(offline_checker, portal: Portal):
    kept = offline_checker.evaluate("""async () => {
      const requests = await (await caches.open("dopa-check-1")).keys();
      return requests.map((request) => new URL(request.url).pathname);
    }""")
    assert [path for path in kept if not path.startswith("/static/")] == ["/check/"]
    for name in ("js/judge-code.js", "css/citizen.css", "vendor/zxing/zxing_reader.wasm"):
        assert portal.static(name) in kept
    assert len([path for path in kept if path.endswith(".woff2")]) == 4

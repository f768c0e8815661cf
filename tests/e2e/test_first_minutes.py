"""The first ten minutes of a newcomer: from the link that `make run` prints, by what is visible.

Nothing is typed but passwords: pictures, data, codes and addresses are the sample system's own.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from devstack.embedded.programs import celery_worker
from scripts.chromium import DRAWING, find_chromium
from tests.e2e.conftest import PASSWORD, phone_screen, visit
from tests.e2e.test_appearance import faults
from tests.portal import Portal

pytestmark = pytest.mark.browser
# A case for the officer, handed in through the API with the pictures of the sample camera.
WAITS = """
from django.core.management import call_command
from audit.tasks import publish_tree_head
from devstack.demo.client import CitizenApp
from devstack.demo.staff import make_staff
from devstack.trying.people import sample_people
from devstack.trying.pictures import taken_now
make_staff()
call_command("enter_sample_people")
sample, app = sample_people()["officer"], CitizenApp()
taken = taken_now(sample)
app.start()
app.photograph_card(taken["front"], taken["back"])
app.wait()
app.confirm(sample.person)
challenge, steps = app.take_challenge()
frames = [taken[name] for name in ("straight", *steps)]
app.hand_in_selfie(taken["selfie"], challenge=challenge, frames=frames)
step = app.wait()["step"]
publish_tree_head()
print(step)
"""


@pytest.fixture(scope="module")
def sample_portal(portal: Portal) -> Portal:
    """As `make run` has it, but for the history."""
    assert portal.manage("shell", "--verbosity=0", "--command", WAITS).split()[-1] == "waiting"
    portal._child("imports", celery_worker("imports", processes=1))
    return portal


@pytest.fixture
def newcomer(sample_portal: Portal, playwright: Playwright) -> Iterator[BrowserContext]:
    """A phone in Thai that draws without a screen, as the face guide needs; with no camera."""
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=DRAWING)
    yield visit(browser.new_context(**phone_screen(sample_portal)))
    browser.close()


@pytest.fixture
def desk(sample_portal: Portal, browser: Browser) -> Iterator[Page]:
    """A desk in English."""
    screen = {"width": 1280, "height": 800}
    context = browser.new_context(base_url=sample_portal.url, locale="en-GB", viewport=screen)
    yield visit(context).new_page()
    context.close()


def press(page: Page, words: str) -> None:
    """The link or button that says so."""
    said = re.compile(f"^{re.escape(words)}")
    page.get_by_role("button", name=said).or_(page.get_by_role("link", name=said)).first.click()


def begin(page: Page, story: str, words: str) -> None:
    page.goto("/try/")
    page.get_by_role("link", name=story).click()
    press(page, words)


def step(page: Page, nth: int) -> None:
    """Back to the story by the top of the page, and through the door of the step that is next."""
    page.get_by_role("link", name=re.compile("^(Step|ขั้นที่) ")).first.click()
    now = page.locator(".story__step[data-state=now]")
    expect(now.locator(".story__mark")).to_have_text(str(nth))
    now.locator("a, button").click()


def take_photo(page: Page, side: str) -> None:
    page.wait_for_url(f"**/register/card/{side}/")
    press(page, "เปิดกล้อง")
    while not page.evaluate("document.querySelector('video').videoWidth"):
        page.wait_for_timeout(100)
    page.click("[data-dopa-shutter]")
    press(page, "ใช้ภาพนี้")


def register(page: Page) -> None:
    """The eight steps, by the words on the buttons."""
    press(page, "เริ่มลงทะเบียน")
    page.check("input[name=accept]")
    page.click("main form button[type=submit]")
    take_photo(page, "front")
    take_photo(page, "back")
    page.wait_for_url("**/register/confirm/", timeout=60_000)
    press(page, "ข้อมูลถูกต้องทั้งหมด")
    page.wait_for_url("**/register/selfie/")
    press(page, "เปิดกล้อง")
    page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=120_000)
    page.click("[data-dopa-use]")
    page.wait_for_url("**/register/password/", timeout=60_000)
    page.fill("[name=first]", PASSWORD)
    page.fill("[name=second]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/register/consent/")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/register/done/")


def test_a_citizen_passes_alone_and_another_window_checks_the_digital_id(newcomer):
    page = newcomer.new_page()
    assert faults(page, "/try/") == []
    begin(page, "การลงทะเบียนที่ผ่านโดยอัตโนมัติ", "เริ่มเรื่องนี้")
    assert faults(page, page.url) == []
    press(page, "สวมบทเป็นคนนี้")
    register(page)
    step(page, 7)
    page.wait_for_selector("[data-dopa-code]:not([hidden])")
    expect(page.get_by_role("link", name="จบเรื่องราวแล้ว")).to_be_visible()
    beside = newcomer.new_page()
    beside.goto("/try/")
    with newcomer.expect_page() as opened:
        press(beside, "เปิดหน้าต่างตรวจสอบ")
    checker = opened.value
    press(checker, "สแกนรหัส")
    expect(checker.locator("[data-dopa-verdict]")).to_contain_text("พิมพ์ใจ", timeout=30_000)


def sign_in(page: Page, *, by: str) -> None:
    """At the officers' own door: password and code are there, the presses are ours."""
    page.wait_for_url("**/login/")
    page.wait_for_selector("[data-dopa-sample-told]:not([hidden])")
    press(page, "Sign in")
    page.wait_for_selector("input[name=code]")
    while not page.input_value("input[name=code]"):
        page.wait_for_timeout(200)
    press(page, "Sign in")
    page.wait_for_url(f"**/staff/{by}/**")


def test_an_officer_decides_the_case_that_waits(desk):
    desk.goto("/try/")
    desk.get_by_role("button", name="Go to the door").first.click()
    sign_in(desk, by="queue")
    press(desk, "Take next case")
    desk.wait_for_url("**/staff/cases/**")
    press(desk, "Reject")
    desk.check("dialog[open] input[value=data_differs]")
    desk.click("dialog[open] button[type=submit]")
    desk.wait_for_selector("[data-dopa-undo]")
    desk.goto("/try/")
    expect(desk.locator("article:has(#person-officer) .badge")).to_have_text("Rejected")


def test_an_import_with_mistakes_is_rolled_back(desk):
    begin(desk, "An import with mistakes", "Begin this story")
    press(desk, "Go to the door")
    sign_in(desk, by="dashboard")
    expect(desk.locator("main")).to_contain_text("60,000,000")
    step(desk, 2)
    press(desk, "Import the register")
    desk.select_option("select[name=file]", "register-with-mistakes.csv")
    press(desk, "Start the import")
    expect(desk.locator(".field-state")).to_contain_text("Done", timeout=30_000)
    step(desk, 4)
    press(desk, "register-with-mistakes.csv")
    expect(desk.locator(".field-rejected")).to_contain_text("20")
    desk.get_by_text("Roll back", exact=True).click()
    press(desk, "Roll back: put the register back")
    desk.get_by_role("link", name="The story has come to its end").click()
    expect(desk.get_by_text("the register is as it was before")).to_be_visible()


def test_a_changed_entry_of_the_log_is_found_by_its_proof(desk):
    begin(desk, "Somebody changed the log", "Begin this story")
    press(desk, "Go to the door")
    sign_in(desk, by="dashboard")
    step(desk, 2)
    desk.locator("main table a[href*=entries], main a[href*=entries]").last.click()
    step(desk, 3)
    assert faults(desk, "/try/log/") == []
    desk.get_by_role("button", name="Change").first.click()
    press(desk, "Check the copy")
    expect(desk.get_by_role("alert")).to_contain_text("is not what was signed")
    desk.get_by_role("link", name="The story has come to its end").click()
    expect(desk.get_by_text("does not fit the signed head")).to_be_visible()

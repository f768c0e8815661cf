"""A citizen's phone shows the code of an appointment, the counter's camera reads it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from core.thai_words import joined
from scripts.chromium import find_chromium
from tests.appointments.test_in_browser import book, session_of_staff
from tests.codes_filmed import before_the_camera
from tests.portal import Portal

pytestmark = pytest.mark.browser
LIST = "/staff/appointments/"
# A camera that takes as long to start as the test wants, and the tracks that it opened.
SLOW_CAMERA = """
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.tracks = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    window.tracks.push(...stream.getTracks());
    await new Promise((go) => { window.letStart = go; });
    return stream;
  };
"""
LIVE = "window.tracks.filter((track) => track.readyState === 'live').length"


@pytest.fixture(scope="module")
def staff(portal: Portal) -> str:
    return session_of_staff(portal)


@pytest.fixture
def desk_before(
    playwright: Playwright, portal: Portal, staff: str, tmp_path: Path
) -> Iterator[Callable[[Page, str], Page]]:
    """`desk_before(phone, selector)`: the counter's browser, its camera before that part."""
    opened: list[Browser] = []

    def desk(phone: Page, selector: str) -> Page:
        args = before_the_camera(phone.locator(selector), tmp_path)
        opened.append(playwright.chromium.launch(executable_path=find_chromium(), args=args))
        screen = {"width": 1280, "height": 800}
        context = opened[0].new_context(base_url=portal.url, locale="th-TH", viewport=screen)
        context.add_cookies([{"name": "sessionid", "value": staff, "url": portal.url}])
        return context.new_page()

    yield desk
    for browser in opened:
        browser.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=joined(name)).click()


def test_the_scan_opens_the_appointment_of_the_phone_before_it(page, desk_before):
    reference = book(page)
    desk = desk_before(page, ".qr-plate")
    desk.goto(LIST)
    press(desk, "สแกนรหัส")
    desk.wait_for_url("**/staff/appointments/*-*-*/", timeout=20_000)
    expect(desk.get_by_role("heading", level=1)).to_have_text(reference)


def test_a_code_of_another_office_is_said_and_stands_in_the_field(page, desk_before, portal):
    reference = book(page)
    desk = desk_before(page, ".qr-plate")
    elsewhere = "UPDATE appointments_appointment SET office_id = '1201' WHERE reference = %s"
    portal.query(f"{elsewhere} RETURNING 1", reference)
    desk.goto(LIST)
    press(desk, "สแกนรหัส")
    desk.wait_for_url("**/find/", timeout=20_000)
    expect(desk.locator("[name=code]")).to_have_value(re.compile(f"#{reference}$"))
    expect(desk.locator(".error-summary")).to_be_visible()
    expect(desk.get_by_role("button", name=joined("สแกนรหัส"))).to_be_visible()


def wait_until(page: Page, holds: str) -> None:
    for _ in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(holds)


def test_stopping_before_the_camera_is_there_leaves_it_off(page, desk_before):
    book(page)
    desk = desk_before(page, ".qr-plate")
    desk.add_init_script(SLOW_CAMERA)
    desk.goto(LIST)
    press(desk, "สแกนรหัส")
    wait_until(desk, "!!window.letStart")
    press(desk, "ปิดกล้อง")
    desk.evaluate("window.letStart()")
    wait_until(desk, f"{LIVE} === 0")
    desk.wait_for_timeout(1_500)  # long enough for a reader that still ran
    assert desk.url.endswith(LIST)
    expect(desk.locator("[data-dopa-scan-view]")).to_be_hidden()
    press(desk, "สแกนรหัส")
    wait_until(desk, "window.tracks.length === 2")
    desk.evaluate("window.letStart()")
    desk.wait_for_url("**/staff/appointments/*-*-*/", timeout=20_000)


def test_without_a_camera_it_says_what_else_can_be_done(page, desk_before):
    book(page)
    desk = desk_before(page, ".qr-plate")
    desk.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('none'));"
    )
    desk.goto(LIST)
    press(desk, "สแกนรหัส")
    expect(desk.locator("[data-dopa-scan-said]")).to_contain_text(joined("ใช้กล้องไม่ได้"))
    expect(desk.get_by_role("button", name=joined("สแกนรหัส"))).to_be_visible()


def test_an_address_with_a_broken_end_breaks_nothing(page, desk_before):
    book(page)
    desk = desk_before(page, ".qr-plate")
    faults: list[str] = []
    desk.on("pageerror", lambda error: faults.append(str(error)))
    desk.goto(f"{LIST}#%E0%A4%A")
    expect(desk.get_by_role("button", name=joined("สแกนรหัส"))).to_be_visible()
    assert faults == []

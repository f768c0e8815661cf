"""Finding an office and booking there, and the counter's list, in a real browser."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from core.thai_words import joined
from tests.looks import faults_of_looks
from tests.portal import Portal

pytestmark = pytest.mark.browser
OFFICE = "/offices/1206/"
STAFF = """
import json
from appointments.models import Hours
from devstack.demo.signed_in import officer_session
from offices.services import load_offices
from tests.appointments.hours import MORNING, open_office
from tests.factories import OfficerFactory
from tests.identity.prepared import any_number
load_offices()
chief = OfficerFactory(supervisor=True, email=f"{any_number()}@example.org")
if not Hours.objects.filter(office=chief.office).exists():
    open_office(chief, **MORNING)
session = officer_session(chief)
print(json.dumps(session.session_key))
"""


@pytest.fixture(scope="module")
def staff(portal: Portal) -> str:
    return session_of_staff(portal)


def session_of_staff(portal: Portal) -> str:
    """A supervisor's session, of an office with hours."""
    return json.loads(portal.manage("shell", "-c", STAFF).splitlines()[-1])


@pytest.fixture
def desk(browser: Browser, portal: Portal, staff: str):
    context = browser.new_context(
        base_url=portal.url, locale="th-TH", viewport={"width": 1280, "height": 800}
    )
    context.add_cookies([{"name": "sessionid", "value": staff, "url": portal.url}])
    yield context.new_page()
    context.close()


def book(page: Page) -> str:
    """The first free time, by what a citizen presses; its reference."""
    page.goto(OFFICE)
    page.locator(".time-choice input").first.check()
    page.get_by_role("button", name=joined("จองเวลานี้")).click()
    page.wait_for_url("**/appointment/")
    return page.locator(".ticket dd").first.inner_text()


def faults(page: Page, address: str) -> list[str]:
    page.goto(address)
    return faults_of_looks(page)


@pytest.mark.usefixtures("staff")
def test_an_office_is_found_and_a_time_booked_with_the_keyboard_alone(page: Page):
    page.goto("/offices/")
    page.get_by_role("searchbox").or_(page.locator("[name=q]")).first.focus()
    page.keyboard.type("ปากเกร็ด")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    link = page.locator(".office-list a").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{OFFICE}")
    page.locator(".time-choice input").first.focus()
    page.keyboard.press("Space")  # late in the morning it is the only time that is left of the day
    page.keyboard.press("Enter")
    page.wait_for_url("**/appointment/")
    expect(page.locator(".ticket svg[role=img]")).to_be_visible()


@pytest.mark.usefixtures("staff")
def test_it_works_without_script(browser: Browser, portal: Portal):
    context = browser.new_context(base_url=portal.url, locale="th-TH", java_script_enabled=False)
    page = context.new_page()
    page.goto("/offices/?q=Pak+Kret")
    page.locator(".office-list a").first.click()
    page.locator(".day-choice a").nth(1).click()
    page.locator(".time-choice input").first.check()
    page.get_by_role("button", name=joined("จองเวลานี้")).click()
    page.locator("summary").click()
    page.get_by_role("button", name=joined("ยกเลิกนัดหมายของฉัน")).click()
    expect(page.locator(".notice--success")).to_contain_text(joined("ยกเลิกนัดหมายของท่านแล้ว"))
    context.close()


@pytest.mark.usefixtures("staff")
def test_the_citizens_pages_at_every_width_in_light_and_dark(page: Page):
    empty = faults(page, "/appointment/")
    book(page)
    with_one = ("/offices/?province=12", OFFICE, "/appointment/")
    assert empty + [fault for address in with_one for fault in faults(page, address)] == []


def test_the_counters_pages_at_every_width_in_light_and_dark(page: Page, desk: Page):
    book(page)
    pages = [f"/staff/appointments/{address}" for address in ("", "hours/", "figures/")]
    assert [fault for address in pages for fault in faults(desk, address)] == []


def test_what_a_phones_camera_opens_waits_for_the_officers_press(page: Page, desk: Page):
    reference = book(page)
    desk.goto(f"/staff/appointments/#{reference}")
    expect(desk.locator("[name=code]")).to_have_value(reference)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/staff/appointments/*-*-*/")
    expect(desk.get_by_role("heading", level=1)).to_have_text(reference)
    assert faults(desk, desk.url) == []

"""A call to 1548 as both see it: the citizen's code in a tab of its own, the agent's screen."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from core.thai_words import joined
from tests.portal import Portal

pytestmark = pytest.mark.browser
AGENT = """
import json
from devstack.demo.signed_in import officer_session
from tests.factories import OfficerFactory
from tests.identity.factories import DigitalIDFactory
from tests.identity.prepared import any_number
agent = OfficerFactory(call_centre=True, email=f"{any_number()}@example.org")
session = officer_session(agent)
number = any_number()
DigitalIDFactory(number=number)
print(json.dumps([session.session_key, number]))
"""


@pytest.fixture
def desk(browser: Browser, portal: Portal):
    """The agent's browser, and the number of somebody with a digital ID."""
    session, number = json.loads(portal.manage("shell", "-c", AGENT).splitlines()[-1])
    context = browser.new_context(
        base_url=portal.url, locale="th-TH", viewport={"width": 1280, "height": 800}
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    yield context.new_page(), number
    context.close()


def code_of(step: Page) -> tuple[Page, str]:
    with step.context.expect_page() as opened:
        step.get_by_role("button", name="ขอรหัสสำหรับโทรสอบถาม").click()
    tab = opened.value
    expect(tab.locator(".help-code")).to_be_visible()
    return tab, tab.locator(".help-code [aria-hidden]").inner_text()


def test_the_code_of_a_step_opens_it_and_the_citizen_is_told_at_once(page: Page, desk):
    agent, _number = desk
    page.goto("/")
    page.get_by_role("button", name="เริ่ม").first.click()
    page.wait_for_url("**/register/terms/")
    tab, code = code_of(page)
    agent.goto("/staff/help-line/")
    agent.get_by_label(joined("รหัสสำหรับโทรสอบถาม")).fill(code)
    agent.get_by_role("button", name=joined("ดูขั้นตอน")).click()
    agent.wait_for_url("**/staff/help-line/steps/**")
    expect(agent.get_by_role("heading", level=1)).to_have_text(joined("ยอมรับข้อกำหนด"))
    expect(tab.locator("[data-dopa-call-said]")).to_have_text(
        joined("เจ้าหน้าที่สายด่วน 1548 เปิดดูขั้นตอนของท่านแล้ว"), timeout=10_000
    )
    page.reload()
    expect(page.locator(".call-help")).to_contain_text(joined("เจ้าหน้าที่สายด่วน 1548 เปิดดูขั้นตอนของท่าน"))


def test_a_lost_phone_is_suspended_with_the_keyboard_alone(desk):
    agent, number = desk
    agent.goto("/staff/help-line/")
    agent.get_by_label(joined("เลขประจำตัวประชาชน")).fill(number)
    agent.keyboard.press("Enter")
    agent.wait_for_url("**/staff/help-line/looks/**")
    agent.get_by_label("เหตุที่ผู้โทรแจ้ง").select_option("device_lost")
    agent.get_by_label("ท่านยืนยันตัวผู้โทรอย่างไร").select_option("not_verified")
    agent.get_by_label("เลขสี่ตัวท้าย").fill(number[-4:])
    agent.keyboard.press("Enter")
    expect(agent.locator(".notice, .messages").first).to_contain_text("ระงับแล้ว")
    expect(agent.get_by_role("button", name="ระงับ", exact=True)).to_have_count(0)

"""The stories of /try/ that test_first_minutes.py does not walk, each to its end as told."""

import pytest
from playwright.sync_api import expect

from tests.e2e.newcomers import DESK
from tests.looks import faults_of_looks

pytestmark = pytest.mark.browser
LEFT = ".story__step:not([data-state=done])"
PAGES = ("/try/", "/try/people/lost/", "/try/stories/stranger/")


def test_a_face_that_does_not_match_goes_to_an_officer_who_rejects_it(in_thai):
    me, page = in_thai, in_thai.page
    me.begin("A face that does not match")
    me.press("Be this person")
    me.press("Start registering")
    me.accept()
    me.register()
    page.wait_for_url("**/register/waiting/", timeout=60_000)
    reference = page.locator("[data-dopa-copy-text]").inner_text()
    page.set_viewport_size(DESK)
    me.step(4)
    me.sign_in(by="queue")
    me.press("Search")
    page.fill("input[name=text]", reference)
    page.click("main form button[type=submit]")
    page.click("form[action$='/take/'] button")
    me.press("Reject")
    page.check("dialog[open] input[value=not_the_same]")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_selector("[data-dopa-undo]")
    me.step(7)
    me.sees("Your registration was not approved")
    me.ends("The machine decides nothing that it is not sure of; an officer did, with a reason.")
    expect(page.locator(LEFT)).to_have_count(0)


def test_the_morning_of_an_administrator(in_thai):
    me, page = in_thai, in_thai.page
    page.set_viewport_size(DESK)
    me.begin("The morning of an administrator")
    me.press("Go to the door")
    me.sign_in(by="dashboard")
    for nth in range(2, 8):
        me.step(nth)
        expect(page.locator("main h1")).to_be_visible()
    page.locator("main a[href*=entries]").last.click()
    expect(page.locator("main .notice--success")).to_be_visible()  # its proof holds
    me.ends("Every figure says what it counts, and every look at the log is in the log.")


def test_a_lost_phone_is_stopped_and_the_digital_id_comes_back(in_english):
    me, page = in_english, in_english.page
    me.begin("A lost phone")
    me.press("Be this person")
    me.step(2)
    number, *_, password = page.locator(".data-list dd").all_inner_texts()
    me.press("Be this person")
    page.fill("[name=number]", number)
    page.fill("[name=password]", password)
    me.press("Suspend my digital ID")
    me.sees("Nobody can show it now")
    me.press("Have my digital ID issued anew")
    page.fill("[name=number]", number)
    page.fill("[name=password]", password)
    page.click("main form:has([name=number]) button[type=submit]")
    me.accept()
    me.register()
    me.consent()
    me.step(7)
    page.wait_for_selector("[data-dopa-code]:not([hidden])")
    me.ends("The lost device shows nothing any more, and this one shows the digital ID.")
    expect(page.locator(LEFT)).to_have_count(0)


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_no_fault_in_either_theme_at_any_width(reader, address):
    reader.page.goto(address)
    assert faults_of_looks(reader.page) == []

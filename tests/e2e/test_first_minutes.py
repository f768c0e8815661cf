"""The first ten minutes of a newcomer: from the link that `make run` prints, by what is visible.

Nothing is typed but passwords and numbers that a page shows: pictures, data, codes and addresses
are the sample system's own.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from core.thai_words import joined
from tests.e2e.newcomers import KeyboardNewcomer, Newcomer
from tests.looks import faults_of_looks

pytestmark = pytest.mark.browser


def test_a_citizen_passes_by_keyboard_alone_and_another_window_checks_the_digital_id(in_thai):
    me = KeyboardNewcomer(in_thai.page, in_thai.language)
    me.begin("A registration that passes alone")
    assert faults_of_looks(me.page) == []
    me.press("Be this person")
    me.press("Start registering")
    me.accept()
    me.register()
    me.consent()
    me.step(7)
    me.page.wait_for_selector("[data-dopa-code]:not([hidden])")
    expect(me.page.get_by_role("link", name=joined("จบเรื่องราวแล้ว"))).to_be_visible()
    verdict = checking_window(me).locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    expect(verdict).not_to_contain_text("พิมพ์ใจ")  # the least, as nothing more was agreed


def checking_window(me: Newcomer) -> Page:
    """Beside the window that shows a digital ID, scanning it."""
    beside = me.page.context.new_page()
    beside.goto("/try/")
    with me.page.context.expect_page() as opened:
        me.press("Open the checking window", on=beside)
    me.press("Scan a code", on=opened.value)
    return opened.value


def test_a_digital_id_is_shown_and_checked_without_network(in_english):
    me, context = in_english, in_english.page.context
    me.page.goto("/try/")
    password = me.page.locator(".trying__holders code").first.inner_text()
    with context.expect_page() as opened:
        me.press("Open the digital ID")
    holder = opened.value
    me.press("Continue here", on=holder)
    unlock(me, holder, password)
    holder.locator("[data-dopa-bind] [name=password]").fill(password)
    me.press("Use this device", on=holder)
    expect(holder.locator("[data-dopa-show-id][data-kept=yes]")).to_be_attached()
    assert faults_of_looks(holder) == []
    checker = checking_window(me)
    verdict = checker.locator("[data-dopa-verdict]")
    expect(verdict).to_have_attribute("data-verdict", "valid")
    assert faults_of_looks(checker) == []
    expect(checker.locator("[data-kept=yes]")).to_be_attached()
    context.set_offline(True)
    for window in (holder, checker):
        window.reload()
    expect(verdict).to_be_hidden()
    me.sees("There is no network.", on=holder)
    unlock(me, holder, password)
    expect(holder.locator("[data-dopa-qr] path")).to_be_attached()
    me.press("Scan a code", on=checker)
    expect(verdict).to_have_attribute("data-verdict", "valid")


def unlock(me: Newcomer, page: Page, password: str) -> None:
    page.locator("[name=password]:visible").fill(password)
    page.get_by_role("button", name=me.said("Open"), exact=True).click()


def test_an_officer_decides_the_case_that_waits(in_english):
    me = in_english
    me.page.goto("/try/")
    me.press("Go to the door")
    me.sign_in(by="queue")
    me.press("Take next case")
    me.page.wait_for_url("**/staff/cases/**")
    me.press("Reject")
    me.page.check("dialog[open] input[value=data_differs]")
    me.page.click("dialog[open] button[type=submit]")
    me.page.wait_for_selector("[data-dopa-undo]")
    me.page.goto("/try/")
    expect(me.page.locator("article:has(#person-officer) .badge")).to_have_text("Rejected")


def test_an_import_with_mistakes_is_rolled_back(reader):
    me, page = reader, reader.page
    me.begin("An import with mistakes, and the way back")
    me.press("Go to the door")
    me.sign_in(by="dashboard")
    expect(page.locator("main")).to_contain_text("60,000,000")
    me.step(2)
    me.press("Import the register")
    page.select_option("select[name=file]", "register-with-mistakes.csv")
    me.press("Start the import")
    expect(page.locator(".field-state")).to_contain_text(me.said("Done"), timeout=30_000)
    me.step(4)
    page.get_by_role("link", name="register-with-mistakes.csv").first.click()
    expect(page.locator(".field-rejected")).to_contain_text("20")
    page.get_by_text(me.said("Roll back"), exact=True).click()
    me.press("Roll back: put the register back as it was")
    page.fill("main [name=reason]", "Every hundredth line has a mistake in it")
    type_the_number(page)
    me.press("Ask for this change")
    me.step(6)
    me.sign_in(by="dashboard")
    me.step(7)
    page.locator("main table a").first.click()
    type_the_number(page)
    me.press("Agree and carry out")
    me.ends("The mistakes were named line by line, and the register is as it was before.")


def type_the_number(page: Page) -> None:
    """Of the people whom the change touches, as it stands there."""
    said = page.locator("main").inner_text()
    page.fill("main [name=people]", re.search(r"([\d,]+) (?:people|คน)", said)[1])


def test_a_changed_entry_of_the_log_is_found_by_its_proof(reader):
    me, page = reader, reader.page
    me.begin("Somebody changed the log")
    me.press("Go to the door")
    me.sign_in(by="dashboard")
    me.step(2)
    page.locator("main a[href*=entries]").last.click()
    me.step(3)
    page.get_by_role("button", name=me.said("Change")).first.click()
    me.sees("Changed by you")
    me.press("Check the copy")
    told = me.said("Entry %(number)s is not what was signed").split("%(number)s")[1]
    expect(page.get_by_role("alert")).to_contain_text(told, timeout=30_000)
    assert faults_of_looks(page) == []
    me.ends(
        "The changed entry does not fit the signed head any more, and everybody can check that."
    )

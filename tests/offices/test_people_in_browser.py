"""Several offices, switching off by two and lists in a real browser: whole, and by keyboard."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.looks import faults_of_looks, violations
from tests.pages import SIZES, page_at
from tests.portal import Portal

pytestmark = pytest.mark.browser
SESSIONS = "from tests.offices.staff_sessions import sessions as make; print(make())"
HEAD = "email,name,office\n"


@pytest.fixture(scope="module")
def made(portal: Portal) -> dict[str, str]:
    return json.loads(portal.manage("shell", "--verbosity=0", "-c", SESSIONS))


def is_whole(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


PAGES = {
    "acting": ("both", "/staff/office/"),
    "queue": ("both", "/staff/queue/"),
    "join": ("supervisor", "/staff/people/join/"),
    "people": ("supervisor", "/staff/people/"),
    "person": ("supervisor", "/staff/people/{both pk}/"),
    "takes two": ("administrator", "/staff/people/{supervisor pk}/"),
    "held": ("administrator", "/staff/people/{held}/"),
    "lists": ("administrator", "/staff/people/lists/"),
    "waiting": ("administrator", "/staff/people/lists/{waiting}/"),
    "agreed": ("administrator", "/staff/people/lists/{agreed}/"),
    "changes": ("administrator", "/staff/levers/"),
}


@pytest.mark.parametrize(("language", "theme"), [("th", "light"), ("en", "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_in_each_size_language_and_theme(visit, made, name, language, theme):
    who, address = PAGES[name]
    page = visit(made[who], language)
    page.goto(address.format(**made))
    expect(page.locator("main h1").first).to_be_visible()
    assert faults_of_looks(page, theme) == []


@pytest.mark.parametrize(("language", "size"), [("en", SIZES[2]), ("th", SIZES[0])])
def test_by_keyboard_alone_from_the_queue_to_the_other_office(
    browser, portal, made, language, size
):
    page = page_at(browser, portal, made["both"], language=language, size=size)
    page.goto("/staff/queue/")
    was = page.locator(".signed-in a[href='/staff/office/']")
    former = was.text_content()
    was.press("Enter")
    page.wait_for_url("**/staff/office/")
    page.locator(".own-offices button").press("Enter")
    page.wait_for_url("**/staff/queue/")
    expect(page.locator(".signed-in a[href='/staff/office/']")).not_to_have_text(former)
    page.context.close()


def test_what_is_wrong_with_a_file_is_read_where_it_was_chosen(browser, portal, made):
    page = page_at(browser, portal, made["administrator"], language="th", size=SIZES[1])
    page.goto("/staff/people/lists/")
    text = f"{HEAD}x@example.com,สมชาย,1206\n=1+1,สมชาย,9999\n".encode()
    page.set_input_files("#id_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": text})
    page.locator(".list-form button").press("Enter")
    expect(page.locator(".fault-lines li")).to_have_count(2)
    is_whole(page)
    good = f"{HEAD}fine@example.org,สมชาย,1206\n".encode()
    page.set_input_files("#id_file", {"name": "a.csv", "mimeType": "text/csv", "buffer": good})
    page.locator(".list-form button").press("Enter")
    page.wait_for_url("**/staff/people/lists/*/")
    page.locator("form[action$='/ask/'] button").press("Enter")
    page.wait_for_url("**/staff/levers/new/")
    is_whole(page)
    page.context.close()


def test_an_emergency_is_one_form_with_a_reason(browser, portal, made):
    page = page_at(browser, portal, made["administrator"], language="en", size=SIZES[2])
    page.goto(f"/staff/people/{made['supervisor pk']}/")
    page.locator("form:has(input[name=at_once]) [name=reason]").fill("The phone was stolen today.")
    page.locator("form:has(input[name=at_once]) button").press("Enter")
    expect(page.get_by_text("switched off until")).to_be_visible()
    page.context.close()

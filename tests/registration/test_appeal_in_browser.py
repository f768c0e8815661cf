"""An appeal in a real browser: from the rejection's page to the one that waits, and the case."""

import json

import pytest
from playwright.sync_api import expect

from tests.looks import faults_of_looks
from tests.pages import page_at
from tests.portal import Portal

pytestmark = pytest.mark.browser
SESSIONS = "from tests.registration.appeal_sessions import sessions as make; print(make())"


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> dict[str, str]:
    return json.loads(portal.manage("shell", "--verbosity=0", "-c", SESSIONS))


@pytest.mark.parametrize(("language", "theme"), [("th", "light"), ("en", "dark")])
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("rejected", "/register/rejected/"),
        ("rejected", "/register/appeal/"),
        ("by reference", "/register/appeal/"),
        ("filed", "/register/waiting/"),
        ("final", "/register/rejected/"),
        ("officer", "/staff/cases/{case}/"),
    ],
)
def test_every_page_of_an_appeal_is_whole_in_each_size_language_and_theme(
    visit, sessions, who, address, language, theme
):
    page = visit(sessions[who], language)
    page.goto(address.format(case=sessions["case"]))
    expect(page.locator("main h1").first).to_be_visible()
    assert faults_of_looks(page, theme) == []


def test_a_long_appeal_pushes_what_the_checks_found_nowhere(visit, sessions):
    page = visit(sessions["officer"], "th")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/staff/cases/{sessions['case']}/")
    tops = [page.locator(f"#{name}-title").bounding_box()["y"] for name in ("findings", "appeal")]
    assert tops == sorted(tops)
    assert tops[0] < 400
    page.get_by_role("link", name="อุทธรณ์", exact=True).press("Enter")
    expect(page.locator("#appeal-title")).to_be_in_viewport()


def test_by_keyboard_alone_from_the_rejection_to_the_appeal(browser, portal, sessions):
    page = page_at(browser, portal, sessions["to file"], language="en")
    page.goto("/register/rejected/")
    page.get_by_role("link", name="Appeal against the rejection").press("Enter")
    page.wait_for_url("**/register/appeal/")
    page.get_by_role("button", name="File the appeal").press("Enter")
    expect(page.locator("#id_words[aria-invalid=true]")).to_be_visible()
    page.get_by_label("Why the rejection is wrong").fill("It is me in the photo.")
    page.get_by_role("button", name="File the appeal").press("Enter")
    page.wait_for_url("**/register/waiting/")
    expect(page.locator("main h1")).to_have_text("Your appeal has arrived")
    page.reload()
    expect(page.locator("main h1")).to_have_text("Your appeal has arrived")

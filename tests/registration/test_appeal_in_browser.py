"""An appeal in a real browser: from the rejection's page to the one that waits, and the case."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.portal import Portal

pytestmark = pytest.mark.browser
SESSIONS = "from tests.registration.appeal_sessions import sessions as make; print(make())"
SIZES = [(390, 844), (320, 568), (1280, 800)]


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> dict[str, str]:
    return json.loads(portal.manage("shell", "--verbosity=0", "-c", SESSIONS))


def page_at(
    browser: Browser, portal: Portal, session: str, *, language: str, size=SIZES[0], dark=False
) -> Page:
    context = browser.new_context(
        base_url=portal.url, viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light", service_workers="block",
    )  # fmt: skip
    context.add_cookies(
        [
            {"name": name, "value": value, "url": portal.url}
            for name, value in {"django_language": language, "sessionid": session}.items()
        ]
    )
    return context.new_page()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("language", "dark"), [("th", False), ("en", True)])
@pytest.mark.parametrize("size", SIZES)
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
    browser, portal, sessions, who, address, language, size, dark
):
    page = page_at(browser, portal, sessions[who], language=language, size=size, dark=dark)
    page.goto(address.format(case=sessions["case"]))
    expect(page.locator("main h1").first).to_be_visible()
    assert fits(page)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
    page.context.close()


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

"""The page of whoever waits, in Chromium: it keeps its place true, goes on by itself, and holds."""

import os
import re
from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.looks import faults_of_looks
from tests.portal import Portal

pytestmark = pytest.mark.browser
RULE = """
    INSERT INTO rollout_linerule (id, mode, per_minute) VALUES (1, %s, %s)
    ON CONFLICT (id) DO UPDATE SET mode = excluded.mode, per_minute = excluded.per_minute
"""
# `ahead` of the last number that was drawn.
MOVE = """
    INSERT INTO rollout_stretch (since, position, per_minute, over)
    SELECT now(), greatest(0, last_value + %s), %s, greatest(0, last_value - %s) FROM rollout_ticket
"""
DRAW = "SELECT nextval('rollout_ticket') FROM generate_series(1, %s)"


@pytest.fixture
def line(portal: Portal) -> Iterator[Portal]:
    """2,600 people wait, 60 are called a minute; no beat makes the line as slow as this machine."""
    portal.beat.stop()
    portal.query(RULE, "at_most", 60)
    portal.query(DRAW, 5000)
    portal.query(MOVE, -2600, 60, 4000)
    yield portal
    portal.query("DELETE FROM rollout_linerule")
    portal.query("DELETE FROM rollout_stretch")
    portal.beat.start()


def context_of(browser: Browser, portal: Portal, language: str, **options) -> BrowserContext:
    context = browser.new_context(base_url=portal.url, locale=language, **options)
    context.add_cookies([{"name": "django_language", "value": language, "url": portal.url}])
    return context


@pytest.fixture
def phone(browser: Browser, line: Portal) -> Iterator[Page]:
    context = context_of(browser, line, "en", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def come(page: Page) -> None:
    """Two seconds at most until each process knows of the line."""
    page.wait_for_timeout(2500)
    page.goto("/")
    page.locator("form[action='/start/'] button").press("Enter")
    page.wait_for_url("**/line/")


def soon_called(phone: Page, line: Portal) -> None:
    """The page's place is one of the next thirty, so that it asks within seconds."""
    line.query(MOVE, -30, 60, 4000)
    phone.wait_for_timeout(2500)
    phone.reload()


def test_the_place_outlives_the_tab_and_the_turn_comes_by_itself(phone: Page, line: Portal):
    come(phone)
    before = phone.locator("[data-dopa-before]")
    expect(before).to_have_text(re.compile(r"2,[56]\d\d"))
    expect(phone.locator("[data-dopa-wait]")).to_have_text(re.compile(r"\d+ to \d+ minutes"))
    number = phone.locator(".line-figures dd").last.inner_text()
    context = phone.context
    phone.close()
    again = context.new_page()
    again.goto("/line/")
    assert again.locator(".line-figures dd").last.inner_text() == number
    line.query(MOVE, -20, 60, 4000)
    again.wait_for_timeout(2500)
    again.reload()
    expect(again.locator("[data-dopa-before]")).to_have_text(re.compile(r"^\d{1,2}$"))
    line.query(MOVE, 0, 60, 4000)
    expect(again.get_by_role("heading", name="It is your turn")).to_be_visible(timeout=30_000)
    expect(again).to_have_title(re.compile("It is your turn"))
    begin = again.get_by_role("button", name="Start registering")
    begin.focus()
    again.keyboard.press("Enter")
    again.wait_for_url("**/register/terms/")
    again.goto("/line/")
    again.wait_for_url(re.compile("/$"))


def test_the_script_asks_without_cookies_and_tells_a_screen_reader_seldom(phone, line: Portal):
    come(phone)
    asked = []
    phone.on("request", lambda one: asked.append(one) if "/api/v1/line/" in one.url else None)
    soon_called(phone, line)
    said = phone.locator("[data-dopa-line-said]")
    assert said.get_attribute("role") == "status"
    expect(said).to_have_text(re.compile(r"^People before you: \d+\. You wait"), timeout=60_000)
    assert 1 <= len(asked) <= 8
    assert [one.header_value("cookie") for one in asked] == [None] * len(asked)


def test_a_line_that_is_lost_keeps_the_place_and_says_so(phone: Page, line: Portal):
    come(phone)
    soon_called(phone, line)
    phone.context.set_offline(True)
    expect(phone.get_by_text("You are offline")).to_be_visible(timeout=20_000)
    phone.context.set_offline(False)
    expect(phone.get_by_text("You are offline")).to_be_hidden(timeout=30_000)


def test_without_scripts_the_page_has_a_button_that_looks_anew(browser: Browser, line: Portal):
    context = context_of(browser, line, "en", java_script_enabled=False)
    page = context.new_page()
    come(page)
    before = page.locator("[data-dopa-before]").inner_text()
    line.query(MOVE, -10, 60, 4000)
    page.wait_for_timeout(2500)
    page.get_by_role("link", name="See my place now").click()
    assert page.locator("[data-dopa-before]").inner_text() != before
    context.close()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("state", ["waiting", "called", "over"])
def test_it_holds_in_both_languages_and_themes(browser: Browser, line: Portal, language, state):
    context = context_of(browser, line, language)
    page = context.new_page()
    come(page)
    if state == "called":
        line.query(MOVE, 0, 60, 4000)
    if state == "over":
        line.query(MOVE, 0, 60, -1)
    page.wait_for_timeout(2500)
    page.goto("/line/")
    found = faults_of_looks(page)
    keep_pictures(page, f"line-{state}-{language}")
    context.close()
    assert found == []


def keep_pictures(page: Page, name: str) -> None:
    """For whoever looks: PICTURES names a folder."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    for (width, height), theme in product(((320, 568), (390, 844), (1280, 800)), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.screenshot(path=f"{folder}/{name}-{width}-{theme}.png", full_page=True)

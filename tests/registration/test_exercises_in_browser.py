"""An officer decides an exercise by the keys of a case; its makers' pages fit each screen."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages import page_at
from tests.portal import Portal

pytestmark = pytest.mark.browser
# What a button says one after the other: a film of a second may be over before somebody looks.
NOTE_WORDS = """button => {
  window.words = [];
  const note = () => button.textContent === window.words.at(-1) || words.push(button.textContent);
  new MutationObserver(note).observe(button, { childList: true });
}"""
LOADED = """() => [...document.querySelectorAll("main img")].every(
  (one) => !one.checkVisibility() || (one.complete && one.naturalWidth > 0))"""
MAKE = "from tests.registration.exercise_sessions import make; print(make())"


@pytest.fixture(scope="module")
def made(portal: Portal) -> dict[str, str]:
    return json.loads(portal.manage("shell", "--verbosity=0", "-c", MAKE).splitlines()[-1])


def test_it_is_taken_decided_and_taken_back_by_the_keys_of_a_case(browser, portal, made):
    page = page_at(browser, portal, made["officer"], language="en", size=(1280, 800))
    page.goto("/staff/queue/")
    page.keyboard.press("n")
    page.wait_for_url(f"**/cases/{made['served']}/")
    expect(page.locator("[data-dopa-hold]")).to_be_visible()
    for picture in page.locator("main img:visible").all():  # the card's back is folded away
        picture.scroll_into_view_if_needed()
    page.wait_for_function(LOADED)
    look_at_film(page)
    page.keyboard.press("s")
    page.locator("dialog[open] button[type=submit]").click()
    page.wait_for_url("**/staff/queue/**")
    page.keyboard.press("z")
    page.wait_for_url(f"**/cases/{made['served']}/")
    expect(page.locator("[data-dopa-hold]")).to_be_visible()


def look_at_film(page: Page) -> None:
    """Two turns of three frames: by the slider one by one, by the button to the end."""
    film = page.locator("[data-dopa-film]")
    drawn = "one => one.toDataURL()"
    expect(film).to_contain_text("Picture 1 of 6, after 0.0 s")
    first = film.locator("canvas").evaluate(drawn)
    film.get_by_role("slider").press("ArrowRight")
    expect(film).to_contain_text(re.compile(r"Picture 2 of 6, after 0\.[12] s"))
    assert film.locator("canvas").evaluate(drawn) != first
    button = film.get_by_role("button", name="Play the film")
    button.evaluate(NOTE_WORDS)
    button.press("Enter")
    expect(film).to_contain_text("Picture 6 of 6")
    expect(button).to_be_visible()
    assert page.evaluate("window.words") == ["Pause the film", "Play the film"]


def test_makers_and_readers_pages_are_no_wider_than_the_screen(browser, portal, made):
    fresh = f"/staff/exercises/{made['fresh']}/"
    for who, address in (
        ("maker", "/staff/exercises/"),
        ("maker", fresh),
        ("second", fresh),
        ("maker", "/staff/exercises/new/"),
        ("supervisor", "/staff/quality/"),
        ("officer", "/staff/quality/"),
    ):
        for language in ("th", "en"):
            page = page_at(browser, portal, made[who], language=language)
            page.goto(address)
            assert page.url.endswith(address)
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address

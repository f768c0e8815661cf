"""The colours on the selfie's page, before a camera: shown slowly, left at will, never a wall."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Playwright, expect

from devstack.demo.specimens.portraits import Portraits
from scripts.chromium import DRAWING, find_chromium
from tests.e2e.films import OF_NOBODY, FakeCamera
from tests.portal import Portal

pytestmark = pytest.mark.browser
SETTLED = "SELECT settled, colours FROM registration_challenge ORDER BY id DESC LIMIT 1"
LIT = "[data-dopa-lit]"
# Which colours the page had, and when each began, by the browser's own clock.
WATCH = """() => {
  window.seen = [];
  const live = document.querySelector("[data-dopa-live]");
  new MutationObserver(() => {
    const now = live.style.getPropertyValue("--screen");
    if ("dopaLit" in live.dataset && now && window.seen.at(-1)?.[0] !== now) {
      window.seen.push([now, performance.now()]);
    }
  }).observe(live, { attributes: true });
}"""


@pytest.fixture
def phone(
    playwright: Playwright, portal: Portal, sessions: dict[str, str], tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """`phone(motion)`: somebody at the selfie's page, who turns the head in every way."""
    camera = FakeCamera(tmp_path / "film.mjpeg", Portraits(Path(settings.MODELS_DIR) / "portraits"))
    camera.show_face(OF_NOBODY["f"])
    browser = playwright.chromium.launch(
        executable_path=find_chromium(), args=[*camera.flags, *DRAWING]
    )

    def open_page(motion: str = "no-preference") -> Page:
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": 390, "height": 844},
            permissions=["camera"],
            reduced_motion=motion,
            service_workers="block",
        )
        context.set_default_timeout(30_000)
        cookies = {"django_language": "en", "sessionid": sessions["selfie"]}
        context.add_cookies(
            [{"name": name, "value": value, "url": portal.url} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto("/register/selfie/")
        return page

    yield open_page
    browser.close()


def test_six_colours_are_shown_slowly_and_a_frame_of_each_is_settled(phone, portal):
    page = phone()
    page.evaluate(WATCH)
    page.click("[data-dopa-open-camera]")
    page.wait_for_selector(LIT, timeout=180_000)
    expect(page.get_by_role("button", name="Go on without colours")).to_be_focused()
    page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=120_000)
    seen = page.evaluate("window.seen")
    ((settled, colours),) = portal.query(SETTLED)
    assert len(seen) == len(colours) == len(settled[2]["digests"]) == 6
    began = [at for _colour, at in seen]
    assert min(later - earlier for earlier, later in pairwise(began)) > 500
    assert page.locator(LIT).count() == 0


def test_escape_leaves_them_and_the_selfie_is_taken_all_the_same(phone, portal):
    page = phone()
    page.click("[data-dopa-open-camera]")
    page.wait_for_selector(LIT, timeout=180_000)
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=120_000)
    ((settled, _colours),) = portal.query(SETTLED)
    assert settled[2]["digests"] == []


def test_who_asked_for_less_movement_has_chosen_the_way_without(phone):
    page = phone("reduce")
    choice = page.get_by_label("Without the colours, please.")
    expect(choice).to_be_checked()
    page.click("[data-dopa-open-camera]")
    steps = page.locator("[data-dopa-challenge-steps] li")
    expect(steps.first).to_be_attached(timeout=180_000)
    assert steps.count() == 2
    choice_of_others = phone().get_by_label("Without the colours, please.")
    expect(choice_of_others).not_to_be_checked()

"""Every state of a citizen's registration and every page around it: no fault for whoever reads with
a screen reader, large letters, in the dark, on the smallest phone, in either language.
"""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.staff_walk import wording
from tests.looks import violations
from tests.registration.every_step import STEPS

pytestmark = pytest.mark.browser
# Cut is what does not fit the screen, or a box of its own that hides what is too long.
CUT = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth;
  const found = [...document.querySelectorAll("body *")]
    .filter((one) => wide && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => `${one.tagName}.${one.className}`);
  for (const one of document.querySelectorAll("main *, header *, footer *")) {
    const { overflowX, overflowY, clip, position } = getComputedStyle(one);
    const hides = [overflowX, overflowY].includes("hidden") && clip === "auto";
    const small = one.clientWidth <= 1 && position === "absolute"; // for screen readers alone
    if (hides && !small && one.clientWidth && one.scrollWidth > one.clientWidth + 1) {
      found.push(`${one.tagName}.${one.className}`);
    }
  }
  return found;
}"""
LETTERS = "size => { document.documentElement.style.fontSize = size; }"
AROUND = [
    *("/", "/resume/", "/later/", "/id/lost/", "/id/renew/", "/id/", "/id/offline/", "/check/"),
    *("/help/", "/status/", "/privacy/", "/accessibility/", "/about/", "/offline/", "/not-there/"),
]
SMALL, PHONE, DESK = (320, 568), (390, 844), (1280, 800)
# Between the two languages each theme is seen on the smallest screen and on a large one.
LOOKS = {"th": (("light", SMALL), ("dark", DESK)), "en": (("dark", PHONE), ("light", DESK))}


def faults(page: Page, language: str) -> Iterator[str]:
    """Of the page as it stands; what a machine can see."""
    yield from wording(page, thai=language == "th")
    for theme, (width, height) in LOOKS[language]:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{theme} {width}: {one}" for one in violations(page))
    for letters, (width, height) in (("", SMALL), ("", PHONE), ("200%", PHONE), ("200%", DESK)):
        page.evaluate(LETTERS, letters)
        page.set_viewport_size({"width": width, "height": height})
        yield from (f"{width} {letters}: {cut} is cut" for cut in page.evaluate(CUT))
    page.evaluate(LETTERS, "")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_has_no_fault(visit, sessions, step, language):
    page = visit(sessions[step], language)
    page.goto("/register/status/")
    page.goto(json.loads(page.locator("body").inner_text())["next"])
    expect(page.locator("main h1:visible").first).to_be_attached()
    assert list(faults(page, language)) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pages_around_have_no_fault(visit, language):
    page, found = visit("", language), {}
    for address in AROUND:
        page.goto(address)
        expect(page.locator("main h1:visible").first).to_be_attached()
        found |= {(page.url, fault): 1 for fault in faults(page, language)}
    assert list(found) == []

"""Somebody who tries the sample system by what is visible, in Thai or in English."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

PASSWORD = "ดอกจำปา-ริมน้ำ-2569"
DESK = {"width": 1280, "height": 800}
MOST_RETAKES = 4  # on a busy machine a film has few frames; after the fifth selfie an officer looks
TABS = 60  # more than any page has to be tabbed through
HAS_RING = """one => {
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return outlineStyle === "solid" && parseFloat(outlineWidth) >= 3;
}"""


@dataclass(frozen=True)
class Newcomer:
    """Reads `page` in `language`; all words are the catalogue's in English, and sought in it."""

    page: Page
    language: str

    def said(self, words: str) -> str:
        with override(self.language):
            return gettext(words)

    def press(self, words: str, *, on: Page | None = None) -> None:
        """The link or button that says so."""
        page, said = on or self.page, re.compile(f"^{re.escape(self.said(words))}")
        self.use(page.get_by_role("button", name=said).or_(page.get_by_role("link", name=said)))
        has_arrived(page)

    def use(self, found: Locator) -> None:
        """Press the first of a button, a link or a box to tick."""
        found.first.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def sees(self, words: str, *, on: Page | None = None) -> None:
        expect((on or self.page).get_by_text(self.said(words)).first).to_be_visible()

    def begin(self, story: str) -> None:
        self.page.goto("/try/")
        self.page.get_by_role("link", name=self.said(story)).click()
        self.press("Begin this story")

    def step(self, nth: int) -> None:
        """To the story by the top of the page, and through the door of the step that is next."""
        self.page.get_by_role("link", name=re.compile("^(Step|ขั้นที่) ")).first.click()
        now = self.page.locator(".story__step[data-state=now]")
        expect(now.locator(".story__mark")).to_have_text(str(nth))
        now.locator("a, button").click()
        has_arrived(self.page)

    def ends(self, words: str) -> None:
        """The story is over, with these words."""
        self.press("The story has come to its end")
        self.sees(words)

    def sign_in(self, *, by: str) -> None:
        """At the officers' own door: password and code are there, the presses are ours."""
        page = self.page
        page.wait_for_url("**/login/")
        page.wait_for_selector("[data-dopa-sample-told]:not([hidden])")
        self.press("Sign in")
        page.wait_for_selector("input[name=code]")
        while not page.input_value("input[name=code]"):
            page.wait_for_timeout(200)
        self.press("Sign in")
        page.wait_for_url(f"**/staff/{by}/**")

    def accept(self) -> None:
        self.use(self.page.locator("input[name=accept]"))
        self.use(self.page.locator("main form button[type=submit]"))

    def photograph(self, side: str) -> None:
        page = self.page
        page.wait_for_url(f"**/register/card/{side}/")
        self.press("Open the camera")
        page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=60_000)
        self.press("Use this photo")

    def register(self) -> None:
        """From the card's photos as far as the selfie that is sent."""
        page = self.page
        self.photograph("front")
        self.photograph("back")
        page.wait_for_url("**/register/confirm/", timeout=60_000)
        self.press("Everything is right, confirm")
        page.wait_for_url("**/register/selfie/")
        answered = re.compile("/register/(password|waiting|retake)/$")
        self._take_selfie()
        page.wait_for_url(answered, timeout=60_000)
        for _ in range(MOST_RETAKES):
            if "retake" in page.url:
                self.press("Take the selfie again")
                self._take_selfie()
                page.wait_for_url(answered, timeout=60_000)

    def _take_selfie(self) -> None:
        self.press("Open the camera")
        self.page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=240_000)
        self.use(self.page.locator("[data-dopa-use]"))

    def consent(self) -> None:
        """With a password that is set before."""
        page = self.page
        page.wait_for_url("**/register/password/", timeout=60_000)
        self.write(page.locator("[name=first]"), PASSWORD)
        self.write(page.locator("[name=second]"), PASSWORD)
        self.use(page.locator("main form button[type=submit]"))
        page.wait_for_url("**/register/consent/")
        self.write(page.locator("[name=password]"), PASSWORD)
        self.use(page.locator("main form button[type=submit]"))
        page.wait_for_url("**/register/done/")


class KeyboardNewcomer(Newcomer):
    """Does all by Tab, Space and Enter, and sees where the keyboard is."""

    def use(self, found: Locator) -> None:
        ticks = found.first.get_attribute("type") == "checkbox"
        self._reach(found.first)
        found.page.keyboard.press("Space" if ticks else "Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        field.page.keyboard.insert_text(text)

    def _reach(self, wanted: Locator) -> None:
        expect(wanted).to_be_visible()
        for _ in range(TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                break
            wanted.page.keyboard.press("Tab")
        expect(wanted).to_be_focused()
        assert wanted.evaluate(HAS_RING), f"nobody sees that {wanted} has the focus"


def has_arrived(page: Page) -> None:
    """A form that was pressed is no longer being sent (static/js/send-form.js)."""
    expect(page.locator("form[data-dopa-under-way]")).to_have_count(0, timeout=30_000)

"""Into the sample system by the doors of /try/, as whoever one wants to be."""

from contextlib import suppress

from playwright.sync_api import Browser, Page, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PHONE = {"width": 390, "height": 844}
DESK, SMALL_DESK = {"width": 1280, "height": 844}, {"width": 1000, "height": 800}
LOCALES = {"th": "th-TH", "en": "en-GB"}
SLOW = 60_000  # milliseconds: a machine that serves, checks and draws at once


def opened(browser: Browser, address: str, screen: dict, language: str, **more: object) -> Page:
    """A browser of its own, at /try/."""
    context = browser.new_context(
        base_url=address,
        viewport=screen,
        locale=LOCALES[language],
        timezone_id="Asia/Bangkok",
        reduced_motion="reduce",
        **more,
    )
    context.set_default_timeout(SLOW)
    page = context.new_page()
    page.goto("/try/")
    return page


def be(page: Page, person: str) -> None:
    """That sample citizen, on the first page."""
    with page.expect_navigation():
        page.click(f"form[action$='/people/{person}/be/'] button")


def sign_in(page: Page, name: str) -> None:
    """As that sample officer: password and code are filled in by the page itself."""
    page.goto("/try/")
    page.click(f"form[action$='/staff/{name}/'] button")
    _send(page, "password")
    page.wait_for_selector("main input[name=code]")
    while "/account/" in page.url:  # a code may end between the filling and the sending
        _send(page, "code")
        with suppress(PlaywrightTimeout):
            page.wait_for_url(lambda address: "/account/" not in address, timeout=SLOW / 4)


def _send(page: Page, field: str) -> None:
    page.wait_for_selector(f"main input[name={field}]")
    while not page.input_value(f"main input[name={field}]"):
        page.wait_for_timeout(100)
    page.click(f"main form:has(input[name={field}]) button[type=submit]")


def read_in(page: Page, language: str) -> None:
    """The page that is open, in that language."""
    if page.get_attribute("html", "lang") != language:
        with page.expect_navigation():
            page.click(".language-toggle")


def begin(page: Page) -> None:
    """From the first page to the photo of the card's front."""
    page.click("main form[action='/start/'] button")
    page.check("input[name=accept]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/card/front/")


def photograph(page: Page, side: str) -> None:
    """The photo lies before its owner, taken and not yet sent."""
    page.wait_for_url(f"**/card/{side}/")
    page.click("[data-dopa-open-camera]")
    page.wait_for_selector("[data-dopa-preview]:not([hidden])")


def as_far_as_the_data(page: Page) -> None:
    for side in ("front", "back"):
        photograph(page, side)
        page.click("[data-dopa-use]")
    page.wait_for_url("**/confirm/")


def as_far_as_the_selfie(page: Page) -> None:
    page.click("main form button[type=submit]")
    page.wait_for_url("**/selfie/")
    page.click("[data-dopa-open-camera]")


def hold_still(page: Page) -> None:
    """The person follows no movement: a picture is taken while one is asked for."""

    def answer(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json=told | {"moves": {asked: [told["face"]] for asked in told["moves"]}})

    page.route("**/try/camera/", answer)


def in_the_first_movement(page: Page) -> None:
    asked = page.evaluate("fetch('/try/camera/').then((answer) => answer.json())")["moves"]
    page.wait_for_function(
        "asked => asked.includes(document.querySelector('[data-dopa-hint]').innerText)",
        arg=list(asked),
    )
    page.wait_for_timeout(200)  # drawn; the person follows a moment later
    page.evaluate("document.querySelector('[data-dopa-live]').scrollIntoView({block: 'center'})")


def hand_in(page: Page) -> str:
    """The selfie; the reference of the case that waits for an officer."""
    page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=2 * SLOW)
    page.click("[data-dopa-use]")
    page.wait_for_url("**/waiting/")
    return page.inner_text("[data-dopa-copy-text]")


def open_case(page: Page, reference: str) -> None:
    """By the search, as an officer."""
    page.goto("/staff/search/")
    page.fill("input[name=text]", reference)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/staff/cases/**")
    page.wait_for_load_state("networkidle")

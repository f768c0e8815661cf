"""Take the picture of README.md from the portal that `make run` runs: docs/images/portal.png.

    python scripts/picture.py [http://localhost:8000]

By the doors of /try/: a citizen's first page in Thai, a selfie with the sample camera, and an
officer with that case, of somebody whose last name the register spells otherwise.
"""

import io
import sys
from pathlib import Path

from chromium import DRAWING, find_chromium
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "images" / "portal.png"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 844}
GAP, GROUND = 20, (24, 35, 90)


def opened(browser: Browser, address: str, screen: dict, locale: str) -> Page:
    context = browser.new_context(base_url=address, viewport=screen, locale=locale)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/try/")
    return page


def be(page: Page, person: str) -> None:
    page.click(f"form[action$='/people/{person}/be/'] button")


def first_page(page: Page) -> bytes:
    be(page, "alone")
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def as_far_as_the_selfie(page: Page, person: str) -> None:
    be(page, person)
    page.click("main form[action='/start/'] button")
    page.check("input[name=accept]")
    page.click("main form button[type=submit]")
    for side in ("front", "back"):
        page.wait_for_url(f"**/card/{side}/")
        page.click("[data-dopa-open-camera]")
        page.click("[data-dopa-use]")  # shown once the photo has been taken by itself
    page.wait_for_url("**/confirm/")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/selfie/")
    page.click("[data-dopa-open-camera]")


def selfie(page: Page) -> bytes:
    """In the middle of the first movement; then it is handed in, for the officer to see."""
    as_far_as_the_selfie(page, "officer")
    asked = page.evaluate("fetch('/try/camera/').then((answer) => answer.json())")["moves"]
    while page.inner_text("[data-dopa-hint]") not in asked:
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    page.evaluate("document.querySelector('[data-dopa-live]').scrollIntoView({block: 'center'})")
    shown = page.screenshot()
    page.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=120_000)
    page.click("[data-dopa-use]")
    page.wait_for_url("**/waiting/")
    return shown


def case(page: Page, reference: str) -> bytes:
    page.click("form[action$='/staff/officer/'] button")
    for field in ("password", "code"):
        page.wait_for_selector(f"main input[name={field}]")
        while not page.input_value(f"main input[name={field}]"):
            page.wait_for_timeout(100)
        page.click(f"main form:has(input[name={field}]) button[type=submit]")
    page.wait_for_url("**/queue/**")
    page.goto("/staff/search/")
    page.fill("input[name=text]", reference)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/staff/cases/**")
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def beside(pictures: list[bytes]) -> Image.Image:
    shown = [Image.open(io.BytesIO(one)).convert("RGB") for one in pictures]
    width = sum(one.width + GAP for one in shown) + GAP
    whole = Image.new("RGB", (width, shown[0].height + 2 * GAP), GROUND)
    left = GAP
    for one in shown:
        whole.paste(one, (left, GAP))
        left += one.width + GAP
    return whole.resize((whole.width * 5 // 8, whole.height * 5 // 8), Image.Resampling.LANCZOS)


def main(address: str) -> None:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=DRAWING)
        home = first_page(opened(browser, address, PHONE, "th-TH"))
        phone = opened(browser, address, PHONE, "en-GB")
        face = selfie(phone)
        reference = phone.inner_text("[data-dopa-copy-text]")
        desk = case(opened(browser, address, DESK, "en-GB"), reference)
        browser.close()
    beside([home, face, desk]).quantize(256).save(TARGET, optimize=True)
    print(f"Taken from {address}: {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")

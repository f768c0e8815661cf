"""The picture of README.md: a citizen's first page in Thai, a selfie with the sample camera, and an
officer with that case, of somebody whose last name the register spells otherwise.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from scripts.pictures import doors

TARGET = Path("docs/images/portal.png")
GAP, GROUND = 20, (24, 35, 90)


def take(browser: Browser, address: str) -> None:
    first = doors.opened(browser, address, doors.PHONE, "th")
    doors.be(first, "alone")
    phone = doors.opened(browser, address, doors.PHONE, "en")
    doors.be(phone, "officer")
    doors.begin(phone)
    doors.as_far_as_the_data(phone)
    doors.as_far_as_the_selfie(phone)
    doors.in_the_first_movement(phone)
    selfie = phone.screenshot()
    reference = doors.hand_in(phone)
    desk = doors.opened(browser, address, doors.DESK, "en")
    doors.sign_in(desk, "officer")
    doors.open_case(desk, reference)
    whole = beside([first.screenshot(), selfie, desk.screenshot()])
    whole.quantize(256).save(TARGET, optimize=True)
    print(TARGET)


def beside(pictures: list[bytes]) -> Image.Image:
    shown = [Image.open(io.BytesIO(one)).convert("RGB") for one in pictures]
    width = sum(one.width + GAP for one in shown) + GAP
    whole = Image.new("RGB", (width, shown[0].height + 2 * GAP), GROUND)
    left = GAP
    for one in shown:
        whole.paste(one, (left, GAP))
        left += one.width + GAP
    return whole.resize((whole.width * 5 // 8, whole.height * 5 // 8), Image.Resampling.LANCZOS)

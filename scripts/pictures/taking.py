"""Take the scenes of the guides: a WebP each and language, and what is to be read in it."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from scripts.pictures import doors
from scripts.pictures.guides import CITIZENS, STAFF, Scenes, Way

FOLDER = Path("static/guides")
RECORD = Path("docs/guides/pictures.json")
SHARP = 1.25  # pixels of a picture for one of the page
TALLEST = 720  # of the page's: a look, not the whole of it
MARGIN = 16
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
PHONE = {"has_touch": True, "is_mobile": True, "user_agent": ANDROID, "permissions": ["camera"]}
# What the page itself says there, whoever's case or day it is.
HEADINGS = """([part, box]) => {
  const walker = document.createTreeWalker(document.querySelector(part), NodeFilter.SHOW_TEXT);
  const found = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.trim().replace(/\\s+/g, " ");
    if (!words || !node.parentElement.closest("h1, h2, h3, label, legend, summary, button, th"))
      continue;
    const letters = document.createRange();
    letters.selectNodeContents(node);
    const { width, bottom } = letters.getBoundingClientRect();
    const isSeen = width > 1 && bottom + scrollY <= box.y + box.height;
    if (isSeen && node.parentElement.checkVisibility()) found.add(words);
  }
  return [...found];
}"""


@dataclass(frozen=True)
class Taken:
    """`box` is what `part` of the open page has in the picture, in pixels of the page."""

    name: str
    language: str
    page: Page
    part: str
    box: dict

    @property
    def words(self) -> list[str]:
        """The catalogue's words in headings, buttons and labels, in their order."""
        found = [unjoined(one) for one in self.page.evaluate(HEADINGS, [self.part, self.box])]
        return [one for one in found if one in catalogue(self.language)]

    def picture(self) -> Image.Image:
        return trimmed(self.page.screenshot(full_page=True, clip=self.box))


def take_all(browser: Browser, address: str) -> None:
    """Every scene anew, and the record of them."""
    FOLDER.mkdir(exist_ok=True)
    kept: dict[str, dict] = {}
    for taken in every_scene(browser, address, ("th", "en")):
        picture, file = taken.picture(), FOLDER / f"{taken.name}.{taken.language}.webp"
        picture.save(file, quality=75, method=6)
        size = [round(side / SHARP) for side in picture.size]
        kept.setdefault(taken.name, {})[taken.language] = {"size": size, "words": taken.words}
        print(file)
    lines = [
        f'"{name}": {json.dumps(kept[name], ensure_ascii=False, sort_keys=True)}'
        for name in sorted(kept)
    ]
    RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def every_scene(browser: Browser, address: str, languages: tuple[str, ...]) -> Iterator[Taken]:
    """The page of each is open when it comes."""
    for way in CITIZENS:
        for language in languages:
            page = doors.opened(
                browser, address, doors.PHONE, language, device_scale_factor=SHARP, **PHONE
            )
            yield from _scenes(way(page), language)
            page.context.close()
    for way in STAFF:
        yield from _as_staff(browser, address, languages, way)


def _as_staff(
    browser: Browser, address: str, languages: tuple[str, ...], way: Way
) -> Iterator[Taken]:
    """Signed in once, for a one-time code serves once."""
    screen = doors.SMALL_DESK
    page = doors.opened(browser, address, screen, languages[0], device_scale_factor=SHARP)
    doors.sign_in(page, way.__name__)
    for language in languages:
        doors.read_in(page, language)
        yield from _scenes(way(page), language)
    page.context.close()


def _scenes(scenes: Scenes, language: str) -> Iterator[Taken]:
    for page, name, part in scenes:
        page.wait_for_load_state("networkidle")
        box = page.evaluate(
            """([part, tallest]) => {
              const { x, y, width, height } = document.querySelector(part).getBoundingClientRect();
              return { x, y: y + scrollY, width, height: Math.min(height, tallest) };
            }""",
            [part, TALLEST],
        )
        yield Taken(name, language, page, part, box)


@cache
def catalogue(language: str) -> set[str]:
    """All that the portal says in that language."""
    with Path("locale/th/LC_MESSAGES/django.po").open("rb") as file:
        messages = list(read_po(file, locale="th"))
    said = [one.string if language == "th" else one.id for one in messages]
    return {unjoined(one if isinstance(one, str) else one[0]) for one in said}


def unjoined(words: str) -> str:
    """Without the joiners of core.thai_words."""
    return words.replace("\u2060", "")


def trimmed(png: bytes) -> Image.Image:
    """Without the empty rows at its end."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    ground = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    found = ImageChops.difference(picture, ground).getbbox()
    bottom = found[3] + round(MARGIN * SHARP) if found else picture.height
    return picture.crop((0, 0, picture.width, min(picture.height, bottom)))

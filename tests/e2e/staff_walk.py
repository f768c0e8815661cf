"""A walk over every page that a role is led to, and what a reader would stumble over there."""

import re
from collections.abc import Iterator
from contextlib import suppress

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.looks import DARK, LIGHT, violations
from tests.pages import Visit

WIDTHS = PHONE, DESK = (390, 1280)
# Where axe reads a page: one language here, the other there; of pages one so, the other otherwise.
READ_AT = ((PHONE, DARK), (DESK, LIGHT))
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))"
OPEN = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
# What is cut: letters that lie outside a box that hides them or has a frame, unless they can be
# scrolled to, and a page wider than the screen.
CUT = """() => {
  const scrolls = (box) => ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
  const ends = (box) => {
    const { overflowX, borderRightWidth } = getComputedStyle(box);
    return ["hidden", "clip"].includes(overflowX) || parseFloat(borderRightWidth) > 0;
  };
  const boxes = [...document.querySelectorAll("body *")].filter(
    (box) => ends(box) && box.clientWidth > 1 && box.clientHeight > 1 && !box.closest("svg"),
  );
  const isPushed = (one, box) => scrolls(one) || (one !== box && isPushed(one.parentElement, box));
  const found = boxes.flatMap((box) => {
    const edge = box.getBoundingClientRect().right + 1;
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), cut = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const letters = document.createRange();
      letters.selectNodeContents(node);
      const isCut = [...letters.getClientRects()].some((one) => one.width > 1 && one.right > edge);
      const words = node.textContent.trim();
      const isHidden = node.parentElement.closest(".visually-hidden");
      if (isCut && words && !isHidden && !isPushed(node.parentElement, box)) cut.push(words);
    }
    return cut;
  });
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is too wide"] : [];
  return [...wide, ...new Set(found.map((words) => `cut: ${words.slice(0, 60)}`))];
}"""
# Links to a place of the page that is not there.
NOWHERE = """() => [...document.querySelectorAll("a[href^='#']:not([href='#']), .error-summary a")]
  .filter((link) => !document.getElementById(link.hash.slice(1)))
  .map((link) => `leads nowhere: ${link.hash} ${link.textContent}`)"""
# What people read, and what is only announced to them: the page's title, and what stands in
# attributes. Not what is marked as no language, as another one, or as nothing to read, nor details
# of the log, which keeps codes of others as they are, and reasons, which people type. A title that
# is the name in the heading is marked there.
TEXTS = """() => {
  const FOREIGN = document.documentElement.lang === "th" ? "[lang=en]" : "[lang=th]";
  const NOT_READ = "script, style, code, [translate=no], [class*=_en], .field-code, .field-id,"
    + `.audit-table .list-table__note, .audit-detail, .audit-reason, [dir=auto], ${FOREIGN}`;
  const NAMES = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext",
    "title", "placeholder", "alt", "label", "data-label"];
  const name = document.querySelector("h1[translate=no]")?.textContent.trim();
  const read = [], announced = document.title === `${name} - D.DOPA` ? [] : [document.title];
  const add = (one, words, to) => {
    if (words?.trim() && !one.closest(NOT_READ)) to.push(words.trim().replace(/\\s+/g, " "));
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    add(node.parentElement, node.textContent, read);
  }
  for (const one of document.body.querySelectorAll("*")) {
    for (const name of NAMES) add(one, one.getAttribute(name), announced);
    const isButton = one.matches("input:is([type=submit], [type=button], [type=reset])");
    if (isButton) add(one, one.value, announced);
  }
  return [read, announced];
}"""
NO_PAGES = re.compile(
    r"\.(csv|xlsx|json|ndjson)$|/logout/|^/staff/account/2fa/totp/|/picture/|/download/$"
)
RAW_KEY = re.compile(
    r"\b[a-z]+(_[a-z0-9]+)+\b|\b[a-z]+\.[a-z]+_[a-z_]+\b|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-"
)
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}")
NAMES_OF_OTHERS = ("private_key_jwt", "client_secret_basic", "client_secret_post")  # of OpenID
THAI = re.compile("[ก-๙]")
WORD = re.compile("[a-z]{3}")  # no abbreviation, as CSV
CHRISTIAN_YEAR = re.compile(r"\b20[0-9]{2}\b")


def pages_from(page: Page, first: str) -> Iterator[str]:
    """Every page that links lead to, one for each view; the page has it open when it comes."""
    waiting, seen = [first], set()
    while waiting:
        address = waiting.pop(0)
        view = view_of(address)
        if view is None or view in seen:
            continue
        seen.add(view)
        page.goto(address)
        yield address
        waiting += page.evaluate(LINKS)


def view_of(address: str) -> str | None:
    """The name of the view, None for what is no page of ours."""
    path = address.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    if not path.startswith(("/staff/", "/admin/")) or NO_PAGES.search(path):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return f"nowhere: {path}"


def stumbles(page: Page, address: str, *, thai: bool) -> list[str]:
    """In both widths and themes, and what axe finds in one of each: themes are colours, and what
    one width has room for, the other has. The page is open, its language chosen; what is folded
    away on it is unfolded.
    """
    read_at, theme = READ_AT[(len(address) + thai) % 2]
    page.evaluate(OPEN)
    faults = wording(page, thai=thai) + page.evaluate(NOWHERE)
    found = [f"{address} {fault}" for fault in faults]
    for colours in (theme, LIGHT if theme == DARK else DARK):
        page.emulate_media(color_scheme=colours)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            with suppress(PlaywrightTimeout):  # a chart takes its new size a moment later
                page.wait_for_function(FITS, timeout=2_000)
            faults = page.evaluate(CUT)
            if (width, colours) == (read_at, theme):
                faults += violations(page)
            found += [f"{address} at {width}, {colours}: {one}" for one in faults]
    return found


def stumbles_in_both(visit: Visit, session: str, address: str, called: str = "") -> list[str]:
    """Of the page at `address`, which is `called` so, in Thai and in English."""
    found = []
    for language in ("th", "en"):
        page = visit(session, language)
        page.goto(address)
        expect(page.locator("main h1")).to_be_visible()
        found += stumbles(page, called or address, thai=language == "th")
    return found


def wording(page: Page, *, thai: bool) -> list[str]:
    """What is wrong with the words of the page as it stands, read or announced."""
    read, announced = page.evaluate(TEXTS)
    english = [one for one in announced if thai and not THAI.search(one) and WORD.search(one)]
    return worded_badly(read + announced, thai=thai) + [f"announced: {one}" for one in english]


def worded_badly(texts: list[str], *, thai: bool) -> list[str]:
    faults = [
        f"raw key: {text}"
        for text in texts
        if {found.group() for found in RAW_KEY.finditer(text)} - set(NAMES_OF_OTHERS)
    ]
    if thai:
        faults += [f"not in Thai: {text}" for text in texts if ENGLISH.search(text)]
        faults += [f"Christian year: {text}" for text in texts if CHRISTIAN_YEAR.search(text)]
    return faults

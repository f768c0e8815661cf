"""What a machine sees that nobody should meet on a page as it stands: at each width, in each theme.

Reading a page with axe costs more than to have it, so it is read where it is another: all that a
style sheet does between 320 and 390 is to leave out the second line of the wordmark, which the desk
shows as well, and themes change colours alone.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LIGHT, DARK = "light", "dark"
WIDTHS = (320, 390, 1280)
SMALL, _, DESK = WIDTHS
# Between the two languages axe reads each theme on the smallest screen and on a desk.
READ_AT = {"th": {(LIGHT, SMALL), (DARK, DESK)}, "en": {(DARK, SMALL), (LIGHT, DESK)}}
WIDER = "document.documentElement.scrollWidth > innerWidth"
# A theme that was just chosen is there once its colours have stopped to change.
READ = """async () => {
  const ending = document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(ending.map(one => one.finished));
  const found = await axe.run({ resultTypes: ["violations"] });
  return found.violations.map(
    one => `${one.id}: ${one.nodes.map(node => node.target.join(" ")).join(", ")}`);
}"""


def violations(page: Page) -> list[str]:
    """What axe finds; no CSP of the page's own keeps it out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(READ)


def faults_of_looks(page: Page, theme: str = "", height: int = 800) -> list[str]:
    """Where it is too wide, and what axe finds, which reads `theme` at each width if there is one.
    The size is the one from before afterwards.
    """
    found: list[str] = []
    before = page.viewport_size
    read_at = READ_AT[page.get_attribute("html", "lang")]
    if theme:
        read_at = {(theme, SMALL), (theme, DESK)}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{page.url} {width}: wider than the screen"] if page.evaluate(WIDER) else []
        for one in [one for one, read in read_at if read == width]:
            page.emulate_media(color_scheme=one)
            found += [f"{page.url} {one} {width}: {fault}" for fault in violations(page)]
    page.set_viewport_size(before)
    return found

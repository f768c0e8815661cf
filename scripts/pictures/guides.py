"""What the guides of docs/guides show: each scene a part of a page, in both languages.

A scene is a name and the part of the open page that is in the picture; `CITIZENS` and `STAFF` have
them by who sees them, in the order in which the pages open. Nothing is decided, changed or sent.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from scripts.pictures import doors

Scenes = Iterator[tuple[Page, str, str]]
Way = Callable[[Page], Scenes]


def newcomer(page: Page) -> Scenes:
    """Registers alone, and stops before the selfie is handed in."""
    doors.be(page, "alone")
    yield page, "begin", "main"
    doors.begin(page)
    doors.photograph(page, "front")
    yield page, "card", "main"
    page.click("[data-dopa-use]")
    doors.photograph(page, "back")
    page.click("[data-dopa-use]")
    page.wait_for_url("**/confirm/")
    yield page, "data", "main"
    doors.hold_still(page)
    doors.as_far_as_the_selfie(page)
    doors.in_the_first_movement(page)
    yield page, "selfie", "[data-dopa-live]"


def holder(page: Page) -> Scenes:
    """Opens a digital ID of the sample data in this browser."""
    password = page.locator(".trying__holders code").first.inner_text()
    with page.context.expect_page() as opened:
        page.click(".trying__holders form button")
    page = opened.value
    page.click("main form button[type=submit]")
    page.locator("[name=password]:visible").fill(password)
    page.click("main form:has([name=password]:visible) button[type=submit]")
    page.fill("[data-dopa-bind] [name=password]", password)
    page.click("[data-dopa-bind] button[type=submit]")
    page.wait_for_selector("[data-dopa-show-id][data-kept=yes]", state="attached")
    yield page, "digital-id", "main"
    page.goto("/id/devices/")
    yield page, "devices", "main"


def visitor(page: Page) -> Scenes:
    page.goto("/id/lost/")
    yield page, "lost", "main"
    page.goto("/offices/")
    yield page, "offices", "main"


def officer(page: Page) -> Scenes:
    """Takes the oldest case, looks at it, and gives it back."""
    page.goto("/staff/queue/")
    yield page, "queue", "main"
    page.set_viewport_size(doors.DESK)
    page.click("main form[action$='/next/'] button")
    page.wait_for_url("**/staff/cases/**")
    yield page, "case", "main"
    page.keyboard.press("c")
    yield page, "compared", "dialog[open]"
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    yield page, "decision", "dialog[open]"
    page.keyboard.press("Escape")
    page.set_viewport_size(doors.SMALL_DESK)
    page.goto("/staff/counter/")
    yield page, "counter", "main"


def supervisor(page: Page) -> Scenes:
    page.goto("/staff/workload/")
    yield page, "workload", ".tiles"
    page.goto("/staff/people/")
    yield page, "people", "main"


def administrator(page: Page) -> Scenes:
    """Fills in a change of the phase in force, and does not ask for it."""
    page.goto("/staff/dashboard/")
    yield page, "dashboard", "main"
    page.goto("/staff/rollout/plan/")
    yield page, "plan", "main"
    page.goto("/admin/")
    yield page, "start", "#content"
    page.goto("/admin/rollout/phase/")
    page.locator("#result_list tbody th a").last.click()
    yield page, "phase", "#content"
    places = page.locator("input[name=capacity]")
    places.fill(str(int(places.input_value()) * 9 // 10))
    page.click("input[name=_save]")
    page.wait_for_url("**/levers/**")
    yield page, "change", "main"


def auditor(page: Page) -> Scenes:
    page.goto("/staff/audit/find/")
    page.fill("input[name=text]", "supervisor@sample.dopa")
    page.click("main form button[type=submit]")
    yield page, "search", "main"
    page.goto("/staff/audit/")
    yield page, "entries", "form.audit-filter"
    page.goto("/staff/audit/?action=digital_id.issued")
    page.locator("main table a[href*='/entries/']").last.click()
    yield page, "entry", "main"


def callcentre(page: Page) -> Scenes:
    page.goto("/staff/help-line/")
    yield page, "help-line", "main"


CITIZENS: tuple[Way, ...] = (newcomer, holder, visitor)
STAFF: tuple[Way, ...] = (supervisor, officer, administrator, auditor, callcentre)

"""The supervisor's work and moving cases, and a case that comes while a page is open."""

import json
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from core.thai_words import joined
from tests.portal import Portal

pytestmark = pytest.mark.browser
# An office of its own with a supervisor, a provincial officer and three officers of whom two hold a
# case, and four cases that wait.
PEOPLE = """
import json
from datetime import timedelta
from django.utils import timezone
from devstack.demo.signed_in import officer_session
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.levers import prove_factor
from types import SimpleNamespace
office = OfficeFactory(code="9701", name_th="สำนักทะเบียนอำเภอหนองบัวระเหว จังหวัดชัยภูมิ",
    name_en="Nong Bua Rawe District Registration Office", province_th="จังหวัดจำลอง")
near = OfficeFactory(code="9702", name_th="สำนักทะเบียนใกล้เคียง", name_en="The one next to it")
def session(officer):
    store = officer_session(officer)
    prove_factor(SimpleNamespace(session=store), officer)
    return store.session_key
chief = OfficerFactory(supervisor=True, office=office, name="สมหญิง หัวหน้างาน")
province = OfficerFactory(provincial=True, office=office, name="ประจำจังหวัด")
officers = [OfficerFactory(office=office, name=f"สมชาย เจ้าหน้าที่คนที่ {n}") for n in (1, 2, 3)]
OfficerFactory(office=near)
for hours in (30, 6, 3, 2, 1, 0):
    since = timezone.now() - timedelta(hours=hours)
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=office, state_since=since)
    case.findings.create(check_name="liveness", outcome="doubtful", attempt=0)
for one in officers[:2]:
    review.take_next_case(one)
people = {"chief": chief, "province": province, "officer": officers[2]}
print(json.dumps({name: session(one) for name, one in people.items()}))
"""
WORK, MOVE = "/staff/workload/", "/staff/workload/move/"
SIZES = [(320, 568), (390, 844), (1280, 800)]


@pytest.fixture(scope="module")
def sessions(portal: Portal) -> dict[str, str]:
    return json.loads(portal.manage("shell", "-c", PEOPLE).splitlines()[-1])


@pytest.fixture
def desk_of(
    browser: Browser, portal: Portal, sessions: dict[str, str]
) -> Iterator[Callable[..., Page]]:
    opened = []

    def desk(who: str, language: str = "th") -> Page:
        screen = {"width": 1280, "height": 800}
        context = browser.new_context(base_url=portal.url, viewport=screen)
        opened.append(context)
        cookies = {"sessionid": sessions[who], "django_language": language}
        context.add_cookies(
            [{"name": name, "value": value, "url": portal.url} for name, value in cookies.items()]
        )
        return context.new_page()

    yield desk
    for context in opened:
        context.close()


def faults(page: Page, name: str) -> list[object]:
    """What is cut at some width, and what axe finds in light or dark, of the page as it stands."""
    found: list[object] = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append((name, width))
            found += [(name, one["id"]) for one in Axe().run(page).response["violations"]]
    return found


def open_forms(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details.panel').forEach((one) => (one.open = true))")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_of_it_at_every_width_in_light_and_dark(desk_of, language):
    page = desk_of("province", language)
    page.goto(WORK)
    open_forms(page)
    found = faults(page, "work")
    form = page.locator("form:has([value=hands])")
    form.locator("[name=officers]").first.check()
    form.get_by_role("button").click()
    page.wait_for_selector(".error-summary")  # the reason is missing
    found += faults(page, "refused")
    page.locator("#hands-reason").fill("They went home ill at noon.")
    page.locator("form:has([value=hands])").get_by_role("button").click()
    page.wait_for_url(f"**{MOVE}")
    found += faults(page, "preview")
    page.locator("main form .button--danger").click()
    page.wait_for_url("**/moved/**")
    found += faults(page, "result")
    page.locator("form.undo button").click()
    page.wait_for_selector(".notice--info")
    assert found + faults(page, "undone") == []


def test_a_case_given_while_the_queue_is_open_is_told_and_opened_by_a_press(desk_of, portal):
    officer, chief = desk_of("officer"), desk_of("chief")
    officer.goto("/staff/queue/")
    chief.goto(WORK)
    open_forms(chief)
    form = chief.locator("form:has([value=line])")
    form.get_by_label("สมชาย เจ้าหน้าที่คนที่ 3").check()
    form.locator("[name=count]").fill("1")
    form.locator("[name=reason]").fill("Nobody else is there today.")
    form.get_by_role("button").click()
    chief.wait_for_url(f"**{MOVE}")
    chief.locator("main form .button--danger").click()
    chief.wait_for_url("**/moved/**")
    told = officer.locator("[data-dopa-given] form")
    expect(told).to_be_visible(timeout=15_000)
    assert faults(officer, "told") == []
    told.get_by_role("button", name=joined("เปิดคำขอนี้")).click()
    officer.wait_for_url("**/staff/cases/**")
    officer.wait_for_selector("[data-dopa-decide]")
    held = portal.query(
        "SELECT count(*) FROM registration_enrollment WHERE state = 'in_review'"
        " AND office_id = '9701' AND held_until > now() + interval '8 minutes'"
    )
    assert held[0][0] >= 1

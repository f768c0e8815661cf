"""Officers at their desks in Chromium: compare, decide, take back, ask again, decide by two."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
from tests.e2e.conftest import OFFICE, PASSWORD, enter_in_register, phone_screen, sign_in, visit
from tests.portal import Portal
from tests.waiting import eventually

pytestmark = pytest.mark.browser
# A citizen with a selfie out of a file (no head turns), or with another person's.
REGISTERS = """
from devstack.demo.measuring.faces import portraits
from devstack.demo.pictures import Pictures
from devstack.demo.register import enter_in_register
from devstack.demo.scenarios import Scenario
from devstack.demo.seeding import SampleCitizen
from devstack.demo.specimens.people import make_people
import json
person = make_people(1, seed={seed}, offices=["{office}"])[0]
enter_in_register([person])
faces = portraits()
face, stranger = faces.names(person.sex)[{face}], faces.names(person.sex)[9]
scenario = Scenario("e2e", until="selfie", differs="{differs}")
citizen = SampleCitizen(scenario, person, face, Pictures(faces, stranger=stranger, seed={seed}))
list(citizen.way(None))
print(json.dumps([citizen.app.state["reference"], person.number]))
"""
ALL_IN_DOUBT = """
    UPDATE registration_finding SET outcome = 'failed'
    WHERE enrollment_id = (SELECT id FROM registration_enrollment WHERE reference = %s)
"""
THREE_BANNERS = """form => {
    form.hidden = false;
    form.parentElement.before(form.cloneNode(true));
    form.closest("main").insertAdjacentHTML("afterbegin", `<div role="status"><p class="notice">
        A2B3-C4D5-E6F7: this approval takes two, so a second officer looks at it too.</p></div>`);
}"""


def registers(portal: Portal, *, seed: int, face: int, differs: str = "no turns") -> list[str]:
    """Reference and number of somebody who now waits for an officer."""
    script = REGISTERS.format(seed=seed, office=OFFICE, face=face, differs=differs)
    return json.loads(portal.manage("shell", "--verbosity=0", "--command", script).splitlines()[-1])


def in_view(desk: Page, what: str, first: int) -> int:
    """How many of both faces and of the first of these are seen whole above the decision."""
    decision = desk.locator(".decide").bounding_box()["y"]
    faces = desk.locator("[data-dopa-pictures] .photo__open")
    expect(faces).to_have_count(2)
    boxes = [one.bounding_box() for one in faces.all() + desk.locator(what).all()[:first]]
    return sum(box is not None and 0 < box["y"] + box["height"] <= decision for box in boxes)


@pytest.fixture
def desk(browser: Browser, portal: Portal) -> Iterator[Page]:
    """A second desk, in English."""
    screen = {"width": 1280, "height": 800}
    context = visit(browser.new_context(base_url=portal.url, locale="en-GB", viewport=screen))
    yield context.new_page()
    context.close()


def open_case(page: Page, reference: str) -> None:
    """Search it, take it."""
    page.goto("/staff/search/")
    page.fill("input[name=text]", reference)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/staff/cases/**")
    page.click("form[action$='/take/'] button")
    page.wait_for_selector("[data-dopa-decide]")


def state_of(portal: Portal, reference: str) -> str:
    query = "SELECT state FROM registration_enrollment WHERE reference = %s"
    return portal.query(query, reference)[0][0]


def test_three_keys_lead_from_the_queue_to_a_decision_and_nothing_scrolls(portal, desk, second):
    """The first of this file: later ones leave cases that N would take before this one."""
    reference, _ = registers(portal, seed=69, face=11)
    sign_in(desk, second)
    desk.wait_for_url("**/staff/queue/**")
    desk.keyboard.press("n")
    desk.wait_for_selector("[data-dopa-decide]")
    expect(desk.locator("h1")).to_have_text(reference)
    decision = desk.locator(".decide").bounding_box()
    assert decision["y"] + decision["height"] <= 800
    desk.keyboard.press("a")
    button = desk.locator("dialog[open] button[type=submit]").bounding_box()
    assert button["y"] + button["height"] <= 800
    assert desk.evaluate("window.scrollY") == 0
    desk.keyboard.press("Enter")
    desk.wait_for_selector("[data-dopa-undo]")
    assert state_of(portal, reference) == "verified"


def test_compare_approve_take_back_and_approve_by_keys_alone(portal, page, officer):
    reference, _ = registers(portal, seed=61, face=3)
    sign_in(page, officer)
    page.wait_for_url("**/staff/queue/**")
    open_case(page, reference)
    page.keyboard.press("c")
    expect(page.locator(".viewer__pane")).to_have_count(2)
    page.keyboard.press("+")
    moved = "all => all.map((one) => one.style.transform)"
    first, second = page.locator(".viewer__pane img").evaluate_all(moved)
    assert (first, "scale(1.3)" in first) == (second, True)
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    faces = page.locator("[data-dopa-face]")
    expect(faces.first).to_have_js_property("naturalWidth", 360)
    expect(faces.last).to_have_js_property("naturalWidth", 360)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator("dialog[open] button[type=submit]").press("Enter")
    page.wait_for_selector("[data-dopa-undo]")
    assert state_of(portal, reference) == "verified"
    page.keyboard.press("z")
    page.wait_for_selector("[data-dopa-decide]")
    assert state_of(portal, reference) == "in_review"
    page.keyboard.press("a")
    page.locator("dialog[open] button[type=submit]").press("Enter")
    page.wait_for_selector("[data-dopa-undo]")
    assert state_of(portal, reference) == "verified"


def test_a_retake_is_drafted_edited_and_read_by_the_citizen(portal, page, second, browser):
    reference, number = registers(portal, seed=63, face=14)
    sign_in(page, second)
    page.wait_for_url("**/staff/queue/**")
    open_case(page, reference)
    page.keyboard.press("t")
    page.check("#decide-ask_retake input[value=challenge]")
    message = page.locator("#message-ask_retake")
    expect(message).to_have_value("ระบบไม่เห็นการหันศีรษะ กรุณาทำตามคำแนะนำบนหน้าจอ")
    message.fill("กรุณาหันหน้าช้า ๆ ตามลูกศร")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_selector("[data-dopa-undo]")
    citizen = visit(browser.new_context(**phone_screen(portal))).new_page()
    citizen.goto("/resume/")
    citizen.fill("input[name=reference]", reference)
    citizen.fill("input[name=number]", number)
    citizen.click("main form button[type=submit]")
    citizen.wait_for_url("**/register/retake/")
    expect(citizen.locator("main")).to_contain_text("กรุณาหันหน้าช้า ๆ ตามลูกศร")
    citizen.context.close()


def test_a_case_is_read_without_scrolling_and_goes_back_when_its_page_is_left(portal, desk, second):
    reference, _ = registers(portal, seed=67, face=7, differs="face")
    sign_in(desk, second)
    desk.wait_for_url("**/staff/queue/**")
    open_case(desk, reference)
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
        desk.set_viewport_size(size)
        assert in_view(desk, ".finding", 1) == 3, size
    portal.query(ALL_IN_DOUBT, reference)
    desk.reload()
    assert in_view(desk, ".finding__head", 2) == 4
    desk.locator("[data-dopa-given] form").evaluate(THREE_BANNERS)
    assert in_view(desk, ".finding__head", 0) == 2
    desk.set_viewport_size({"width": 1280, "height": 800})
    assert in_view(desk, ".finding__head", 3) == 5
    desk.goto("/staff/queue/")
    desk.keyboard.press("n")  # back to what is held: loading another page has not lost it
    desk.wait_for_url("**/staff/cases/**")
    desk.wait_for_selector("[data-dopa-decide]")
    desk.goto("about:blank")
    assert eventually(lambda: state_of(portal, reference) == "waiting_review", within=90)


def test_a_stranger_on_the_selfie_is_approved_only_by_two(portal, page, officer, second, desk):
    reference, _ = registers(portal, seed=65, face=5, differs="face")
    sign_in(page, officer)
    page.wait_for_url("**/staff/queue/**")
    open_case(page, reference)
    page.keyboard.press("a")
    page.click("dialog[open] button[type=submit]")
    page.wait_for_selector("[data-dopa-undo]")
    assert state_of(portal, reference) == "second_review"
    sign_in(desk, second)
    desk.wait_for_url("**/staff/queue/**")
    # Until the first one can no longer take the word back, the case is nobody else's.
    page.wait_for_selector("[data-dopa-undo]", state="detached", timeout=40_000)
    desk.wait_for_timeout(2_000)  # what the page counts down are whole seconds
    desk.keyboard.press("n")  # whoever waits for a second officer comes first
    desk.wait_for_url("**/staff/cases/**")
    expect(desk.locator("h1")).to_have_text(reference)
    desk.keyboard.press("a")
    desk.click("dialog[open] button[type=submit]")
    desk.wait_for_selector("[data-dopa-undo]")
    assert state_of(portal, reference) == "verified"


def hand_in(page: Page, picture: bytes) -> None:
    page.click("[data-dopa-choose-file]")
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture}
    page.set_input_files("input[name=picture]", file)
    page.click("[data-dopa-file-way] button[type=submit]")


def test_an_officer_registers_a_citizen_at_the_counter(portal, page, officer, portraits):
    person = make_people(1, seed=68, offices=[OFFICE])[0]
    face = portraits.names(person.sex)[12]
    pictures = Pictures(portraits, stranger=face, seed=68)
    enter_in_register(portal, person)
    sign_in(page, officer)
    page.wait_for_url("**/staff/queue/**")
    page.goto("/staff/counter/")
    page.check("input[name=terms]")
    page.click("main form button[type=submit]")
    for side in pictures.card(person, face, ""):
        page.wait_for_selector("[data-dopa-choose-file]")
        hand_in(page, side)
    page.wait_for_selector("input[name=number]")
    assert page.input_value("input[name=number]").replace(" ", "") == person.number
    page.fill("[name=first_name_th]", person.first_name_th)
    page.fill("[name=last_name_th]", person.last_name_th)
    page.fill("[name=address]", person.address)
    page.click("main form button[type=submit]")
    page.check("input[name=identity_checked]")
    hand_in(page, pictures.selfie(face, ""))
    page.wait_for_selector("form[action$='/hand-over/'] button", timeout=60_000)
    page.click("form[action$='/hand-over/'] button")
    page.fill("[name=first]", PASSWORD)
    page.fill("[name=second]", PASSWORD)
    page.click("form[data-dopa-password] button[type=submit]")
    page.fill("input[name=password]", PASSWORD)
    page.click("form[data-dopa-once] button[type=submit]")
    page.click("a[href$='/back/']")
    page.fill("input[name=password]", officer["password"])
    page.click("form[data-dopa-once] button[type=submit]")
    page.click("form[action$='/link/'] button")
    expect(page.locator(".qr-plate svg")).to_be_visible()
    last = "SELECT channel FROM identity_digitalid WHERE office_code = %s ORDER BY id DESC LIMIT 1"
    assert portal.query(last, OFFICE) == [("office",)]

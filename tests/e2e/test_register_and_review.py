"""A citizen on a phone with a fake camera; an officer and an administrator at their desks."""

import re

import pytest
from playwright.sync_api import Page, expect

from devstack.demo.specimens.people import Person, make_people
from tests.e2e.conftest import OFFICE, PASSWORD, enter_in_register, sign_in
from tests.e2e.films import OF_NOBODY, FakeCamera
from tests.portal import Portal

pytestmark = pytest.mark.browser
DOUBTS = "SELECT check_name, score, details FROM registration_finding WHERE outcome <> 'passed'"
DEVICES = "SELECT count(*) FROM identity_device"


def take_card_photo(phone: Page) -> None:
    """Nobody presses the shutter here either."""
    phone.click("[data-dopa-open-camera]")
    phone.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=60_000)
    phone.click("[data-dopa-use]")


def go_to_selfie(phone: Page, camera: FakeCamera, person: Person, face: str) -> None:
    phone.goto("/")
    phone.click("main form[action='/start/'] button")
    phone.check("input[name=accept]")
    phone.click("main form button[type=submit]")
    camera.show_front(person, face)
    take_card_photo(phone)
    phone.wait_for_url("**/register/card/back/")
    camera.show_back(person)
    take_card_photo(phone)
    phone.wait_for_url(re.compile("/register/(card/reading|confirm)/"))
    phone.wait_for_url(re.compile("/register/(confirm|card/back)/"), timeout=60_000)
    if "card/back" in phone.url:  # the code was not surely read: once more
        take_card_photo(phone)
    phone.wait_for_url("**/register/confirm/", timeout=60_000)
    assert phone.input_value("input[name=number]").replace(" ", "") == person.number
    assert phone.input_value("input[name=laser_code]") == person.laser_code
    phone.fill("[name=first_name_th]", person.first_name_th)
    phone.fill("[name=last_name_th]", person.last_name_th)
    phone.fill("[name=address]", person.address)
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/register/selfie/")


def take_selfie(phone: Page, camera: FakeCamera, face: str) -> None:
    """Nobody presses the shutter: the page takes the picture by itself."""
    camera.show_face(face)
    phone.click("[data-dopa-open-camera]")
    phone.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=180_000)
    phone.click("[data-dopa-use]")


def pass_the_checks(phone: Page, camera: FakeCamera, face: str, portal: Portal) -> None:
    """A selfie that is asked for again is taken again, as a citizen would, once or twice."""
    take_selfie(phone, camera, face)
    answered = re.compile("/register/(password|retake|waiting)/$")
    phone.wait_for_url(answered, timeout=60_000)
    for _ in range(2):
        if "retake" in phone.url:
            phone.click("main a[href$='/register/selfie/']")
            take_selfie(phone, camera, face)
            phone.wait_for_url(answered, timeout=60_000)
    assert "password" in phone.url, portal.query(DOUBTS)


def test_a_citizen_registers_alone_and_shows_the_digital_id(phone, camera, portal):
    person = make_people(2, seed=41, offices=[OFFICE])[0]
    face = OF_NOBODY[person.sex]
    ((devices,),) = portal.query(DEVICES)
    enter_in_register(portal, person)
    go_to_selfie(phone, camera, person, face)
    pass_the_checks(phone, camera, face, portal)
    phone.fill("[name=first]", PASSWORD)
    phone.fill("[name=second]", PASSWORD)
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/register/consent/")  # loaded: its script makes the device's key
    phone.fill("[name=password]", PASSWORD)
    phone.click("main form button[type=submit]")
    phone.wait_for_url("**/register/done/")
    phone.goto("/id/")
    expect(phone.locator("main")).to_contain_text(person.first_name_th)
    expect(phone.locator("main")).to_contain_text(f"{person.number[0]} {person.number[1:5]} xxxxx")
    assert portal.query(DEVICES) == [(devices + 1,)]


def test_an_officer_approves_and_the_citizens_page_follows(
    phone, camera, portal, portraits, page, officer
):
    """The citizen chooses a selfie from a file: no head turns were seen, so a person decides."""
    person = make_people(2, seed=43, offices=[OFFICE])[1]
    face = OF_NOBODY[person.sex]
    enter_in_register(portal, person)
    go_to_selfie(phone, camera, person, face)
    phone.click("[data-dopa-choose-file]")
    selfie = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portraits.selfie(face, seed=1)}
    phone.set_input_files("input[name=selfie]", selfie)
    phone.click("[data-dopa-file-way] button[type=submit]")
    phone.wait_for_url("**/register/waiting/", timeout=60_000)
    sign_in(page, officer)
    page.wait_for_url("**/staff/queue/**")
    page.click("form[action$='/next/'] button")
    page.wait_for_url("**/staff/cases/**")
    page.keyboard.press("a")
    page.click("dialog[open] button[type=submit]")
    expect(phone).to_have_url(re.compile("/register/password/$"), timeout=60_000)


def test_the_administrator_sees_sign_ups_and_the_log(page, administrator):
    sign_in(page, administrator)
    page.goto("/staff/dashboard/")
    expect(page.locator("main")).to_contain_text("60,000,000")
    page.goto("/staff/audit/")
    expect(page.locator("main table")).to_be_visible()

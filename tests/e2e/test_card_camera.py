"""A card that the camera cannot read is doubted before the other side is asked for."""

import pytest
from playwright.sync_api import expect

from core.thai_words import joined
from devstack.demo.specimens.people import make_people
from tests.e2e.films import OF_NOBODY

pytestmark = pytest.mark.browser
PREVIEW = "[data-dopa-preview]:not([hidden])"


def test_a_blurred_card_is_told_not_taken_and_doubted_once_it_is_taken_by_a_press(phone, camera):
    person = make_people(2, seed=44)[0]
    phone.goto("/")
    phone.click("main form[action='/start/'] button")
    phone.check("input[name=accept]")
    phone.click("main form button[type=submit]")
    camera.show_front(person, OF_NOBODY[person.sex], blur=5)
    phone.click("[data-dopa-open-camera]")
    expect(phone.locator("[data-dopa-hint]")).to_contain_text(joined("ยังไม่คมชัด"), timeout=60_000)
    phone.click("[data-dopa-shutter]")
    expect(phone.locator("[data-dopa-doubt]")).to_contain_text(joined("ภาพไม่คมชัด"))
    assert phone.locator(f"{PREVIEW} button").first.get_attribute("data-dopa-again") is not None
    camera.show_front(person, OF_NOBODY[person.sex])
    phone.click("[data-dopa-again]")
    phone.wait_for_selector(PREVIEW, timeout=60_000)  # by itself
    expect(phone.locator("[data-dopa-doubt]")).to_be_hidden()
    phone.click("[data-dopa-use]")
    phone.wait_for_url("**/register/card/back/")

"""A holder puts a suspended digital ID in force again, before the camera of a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.looks import faults_of_looks
from tests.registration.suspended import HOLDER
from tests.walks import face

pytestmark = pytest.mark.browser
MAKE = (
    "from tests.registration.suspended import opened_in_a_browser as make; print(make(lost='X9'))"
)
TRIES = 3  # a busy machine films a head turn in jerks
CHECKS = "SELECT outcome, reason FROM registration_resumecheck ORDER BY asked_at"
LAST = "SELECT status, status_reason FROM identity_digitalid WHERE status_reason = 'face_shown'"


def shows_face(phone: Page) -> None:
    """And waits for the answer."""
    phone.get_by_role("button", name="Open the camera").click()
    phone.wait_for_selector("[data-dopa-preview]:not([hidden])", timeout=120_000)
    phone.click("[data-dopa-use]")
    phone.wait_for_url(re.compile("/id/(resume/)?$"), timeout=60_000)


def test_the_lost_phone_is_removed_and_the_face_shown(phone, portal, camera):
    session = portal.manage("shell", "-c", MAKE).split()[-1]
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": portal.url}])
    phone.context.add_cookies([{"name": "django_language", "value": "en", "url": portal.url}])
    phone.goto("/id/")
    faults = faults_of_looks(phone)
    phone.get_by_role("link", name="Put it in force again").click()
    phone.wait_for_url("**/id/resume/")
    faults += faults_of_looks(phone)
    phone.get_by_role("button", name="Remove X9").click()
    expect(phone.get_by_role("button", name="Remove X9")).to_have_count(0)
    phone.get_by_role("link", name="take the selfie").click()
    phone.wait_for_url("**/id/resume/selfie/")
    faults += faults_of_looks(phone)
    outcomes = []
    while len(outcomes) < TRIES and ("passed", "") not in outcomes:
        if outcomes:
            phone.get_by_role("link", name="take the selfie").click()
        camera.show_face(face(HOLDER))  # held otherwise: the same pictures are no other try
        shows_face(phone)
        outcomes = portal.query(CHECKS)
    assert outcomes[-1] == ("passed", "")
    expect(phone.locator(".id-card__status")).to_have_text("Valid")
    assert portal.query(LAST) == [("active", "face_shown")]
    phone.goto("/id/services/")
    assert faults + faults_of_looks(phone) == []

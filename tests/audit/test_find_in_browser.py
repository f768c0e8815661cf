"""The search in the log as an auditor sees it: phones and desks, both languages, the dark."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.thai_words import joined
from tests.looks import faults_of_looks
from tests.portal import Portal

pytestmark = pytest.mark.browser
AUDITOR = """
import json
from audit.actions import Action
from audit.models import Alert
from audit.services import Actor, record
from django.utils import timezone
from devstack.demo.signed_in import officer_session
from registration.models import Decision
from registration.services.moves import move
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
office = OfficeFactory()
officer = OfficerFactory(name="Somchai Khemkhaeng", office=office, email="khemkhaeng@example.org")
case = EnrollmentFactory(state=State.WAITING_REVIEW)
move(case, "take", actor=Actor.officer(officer))
record(Action.CASE_VIEWED, case, actor=Actor.officer(officer))
Decision.objects.create(
    enrollment=case, officer=officer, move="pass_to_second", reason="would_approve"
)
second = OfficerFactory(office=office, email="second.look@example.org")
Decision.objects.create(
    enrollment=case, officer=second, move="reject", reasons=["not_the_same"]
)
alert = Alert.objects.create(kind="repeated", actor_id=str(officer.pk), office=office.pk,
    subject_id=str(case.pk), count=14, raised_at=timezone.now())
auditor = OfficerFactory(auditor=True, email="find@example.org")
session = officer_session(auditor)
print(json.dumps([session.session_key, str(officer.pk), str(case.pk), alert.pk, office.pk]))
"""


@pytest.fixture(scope="module")
def made(portal: Portal) -> list:
    return json.loads(portal.manage("shell", "-c", AUDITOR).splitlines()[-1])


@pytest.fixture
def desk(browser: Browser, portal: Portal, made: list) -> Iterator[Page]:
    context = browser.new_context(
        base_url=portal.url, locale="th-TH", viewport={"width": 1280, "height": 800}
    )
    context.add_cookies([{"name": "sessionid", "value": made[0], "url": portal.url}])
    yield context.new_page()
    context.close()


def test_from_a_name_to_a_kept_search_without_the_name_in_any_address(desk: Page):
    desk.goto("/staff/audit/find/")
    desk.fill("input[name=text]", "khemkhaeng@")
    desk.get_by_role("button", name=joined("ค้นหา"), exact=True).click()
    link = desk.get_by_role("link", name="Somchai Khemkhaeng")
    expect(link).to_be_visible()
    assert "khemkhaeng" not in desk.url
    link.click()
    desk.wait_for_url("**/find/?about=officer**")
    expect(desk.locator(".audit-said")).to_have_count(2)
    desk.get_by_role("button", name=joined("เก็บการค้นหา"), exact=True).click()
    expect(desk.locator(".audit-kept li")).to_have_count(1)
    desk.locator(".audit-kept a").click()
    desk.wait_for_url("**/find/?about=officer**")
    expect(desk.locator(".audit-said")).to_have_count(2)


def test_the_file_comes_from_a_button(desk: Page, made: list, portal: Portal):
    portal.manage("shell", "-c", "from audit.tasks import publish_tree_head as t; t()")
    desk.goto(f"/staff/audit/find/?about=officer&subject={made[1]}")
    with desk.expect_download() as download:
        desk.get_by_role("button", name=joined("บันทึกไฟล์")).click()
    assert download.value.suggested_filename.endswith(".zip")


def faults_of(page: Page, path: str) -> list[str]:
    page.goto(path)
    return faults_of_looks(page)


@pytest.mark.parametrize("language", ["th", "en"])
def test_its_pages_fit_and_are_for_everybody(desk: Page, made: list, portal: Portal, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": portal.url}])
    pages = [
        "audit/find/",
        f"audit/find/?about=case&subject={made[2]}",
        f"audit/find/?about=case&subject={made[2]}&since=9999-01-01",
        "audit/alerts/",
        f"audit/alerts/{made[3]}/",
        "quality/",
        f"quality/?office={made[4]}",
    ]
    assert [fault for path in pages for fault in faults_of(desk, f"/staff/{path}")] == []

"""The pilot in the browser: the officers' work list, and the citizen's first visit."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from core.guard.models import Tries
from identity.models import Device, DigitalID
from offices.models import Office
from offices.services import load_offices
from pilot.models import MemberState, PilotMember
from tests.factories import OfficerFactory, PilotMemberFactory
from tests.pilot.files import PASSWORD, known_people, of_the_pilot, take_over
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
RETURNING = reverse("pilot:returning")


@pytest.fixture(autouse=True)
def offices(db):
    load_offices()


@pytest.fixture
def officer(client):
    one = OfficerFactory()
    sign_in(client, one)
    return one


@pytest.mark.parametrize("people", [1, 3])
def test_the_work_list_asks_as_often_for_one_as_for_three(client, officer, people):
    PilotMemberFactory.create_batch(people, office=officer.office)
    PilotMemberFactory(office=Office.objects.get(code="5001"))
    client.get(reverse("pilot:list"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(reverse("pilot:list"))
    assert len(page.context["members"]) == people
    assert len(asked) == 6


def test_an_officer_compares_decides_and_the_look_is_written_down(client, officer, tmp_path):
    (row,) = known_people(1)
    take_over(tmp_path, [of_the_pilot(row) | {"first_name_th": "สมหญิง", "office_code": "1206"}])
    one = PilotMember.objects.get()
    page = client.get(reverse("pilot:case", args=[one.pk]))
    assert [field["name"] for field in page.context["fields"] if field["differs"]] == [
        "first_name_th"
    ]
    assert Entry.objects.about(one).values_list("action", flat=True)[0] == "pilot.case_viewed"
    decide = reverse("pilot:decide", args=[one.pk])
    assert client.post(decide, {"decision": "issue"}).url == reverse("pilot:list")
    one.refresh_from_db()
    assert one.state == MemberState.EXPECTED
    assert client.get(reverse("pilot:case", args=[one.pk])).context["fields"] == []


def test_the_first_visit_asks_for_the_new_terms_and_a_new_device_key(client, tmp_path):
    (row,) = known_people(1)
    take_over(tmp_path, [of_the_pilot(row)])
    entered = {"number": row["number"], "password": PASSWORD}
    terms = client.post(RETURNING, entered).url
    assert terms == reverse("pilot:new_terms")
    assert client.get(reverse("identity:card")).url == reverse("identity:unlock")
    accepted = {"accept": "on", "version": settings.TERMS_VERSION}
    assert client.post(terms, accepted).url == reverse("identity:card")
    card = client.get(reverse("identity:card"))
    assert (card.status_code, card.context["device"]) == (200, None)
    assert client.get(reverse("identity:photo")).status_code == 404
    one = PilotMember.objects.get()
    assert (one.state, one.consent_version) == (MemberState.RETURNED, "2020-10-01")
    assert one.terms_version == settings.TERMS_VERSION


def test_once_a_device_shows_it_the_password_alone_no_longer_opens_it(client, tmp_path):
    (row,) = known_people(1)
    take_over(tmp_path, [of_the_pilot(row)])
    mine = DigitalID.objects.get()
    Device.objects.create(number_key=mine.number_key, digital_id=mine, public_key={}, name="x")
    entered = {"number": row["number"], "password": PASSWORD}
    assert client.post(RETURNING, entered).status_code == 422


def test_a_wrong_password_and_an_unknown_number_are_told_the_same(client, tmp_path):
    known, unknown = known_people(2)
    take_over(tmp_path, [of_the_pilot(known)])
    answers = [
        client.post(RETURNING, {"number": row["number"], "password": "wrong"}).context["form"]
        for row in (known, unknown)
    ]
    assert answers[0].non_field_errors() == answers[1].non_field_errors()
    assert set(Tries.objects.values_list("tries", flat=True)) == {1}


def test_terms_that_have_changed_are_shown_again(client, tmp_path):
    (row,) = known_people(1)
    take_over(tmp_path, [of_the_pilot(row)])
    client.post(RETURNING, {"number": row["number"], "password": PASSWORD})
    page = client.post(reverse("pilot:new_terms"), {"accept": "on", "version": "2019-01-01"})
    assert page.status_code == 422
    assert PilotMember.objects.get().state == MemberState.EXPECTED

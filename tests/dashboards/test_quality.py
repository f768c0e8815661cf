"""Second looks, disagreement and time: counted right, each within reach, nothing told too early."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dashboards.quality.figures import quality
from offices.models import Officer
from registration.models import Decision, Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.test_access import client_of, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/staff/quality/"
SINCE = timezone.now() - timedelta(days=30)


@pytest.fixture(autouse=True)
def every_case_is_drawn(settings):
    settings.SECOND_LOOK_SHARE = 1


def client_for(officer: Officer) -> Client:
    client = Client()
    sign_in(client, officer)
    return client


def seen(first: Officer, second: Officer | None, move: str = "approve") -> Enrollment:
    """Approved by the first, and decided by the second where there is one."""
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=first.office)
    deciding.approve_enrollment(review.take_case(case, officer=first), officer=first)
    before = timezone.now() - timedelta(hours=1)
    Decision.objects.filter(enrollment=case).update(decided_at=before)
    Enrollment.objects.filter(pk=case.pk).update(
        state_since=before, created_at=before - timedelta(hours=1)
    )
    if second:
        taken = review.take_case(Enrollment.objects.get(pk=case.pk), officer=second)
        if move == "approve":
            deciding.approve_enrollment(taken, officer=second)
        else:
            deciding.reject_enrollment(taken, officer=second, reasons=["not_the_same"])
    return case


@pytest.fixture
def pair() -> tuple[Officer, Officer]:
    office = OfficeFactory()
    return OfficerFactory(office=office, name="First"), OfficerFactory(office=office, name="Second")


def test_agreement_and_disagreement_are_counted_for_who_decided_first(pair):
    first, second = pair
    seen(first, second)
    seen(first, second, "reject")
    found = quality(OfficerFactory(supervisor=True, office=first.office), since=SINCE)
    rows = {row.name: (row.decided, row.seconded, row.overturned) for row in found.rows}
    assert rows == {"First": (2, 2, 1), "Second": (2, 0, 0)}
    assert [found.drawn, found.agreed] == [2, 1]
    assert [(row.key, row.decided, row.overturned) for row in found.reasons] == [
        ("not_the_same", 1, 1)
    ]


def test_a_look_that_is_not_over_is_neither_listed_nor_counted(pair):
    """Else the second officer would read that there is a first opinion, and whose."""
    first, second = pair
    waiting = seen(first, None)
    for viewer in (second, OfficerFactory(supervisor=True, office=first.office)):
        found = quality(viewer, since=SINCE)
        assert [found.looks, found.drawn] == [[], 0]
        assert all(row.seconded == 0 for row in found.rows)
    page = client_for(second).get(PAGE).text
    assert waiting.reference not in page


def test_one_that_was_taken_back_does_not_count(pair):
    first, second = pair
    case = seen(first, second, "reject")
    deciding.undo_decision(Enrollment.objects.get(pk=case.pk), officer=second)
    found = quality(OfficerFactory(supervisor=True, office=first.office), since=SINCE)
    assert found.looks == []


def test_one_that_no_lot_has_drawn_says_so(pair, settings):
    seen(*pair)
    settings.SECOND_LOOK_SHARE = 0
    [look] = quality(OfficerFactory(supervisor=True, office=pair[0].office), since=SINCE).looks
    assert not look.drawn


def test_officers_see_their_own_and_not_who_decided_otherwise(pair):
    first, second = pair
    seen(first, second, "reject")
    other = OfficerFactory(office=first.office)
    assert [row.name for row in quality(first, since=SINCE).rows] == ["First"]
    assert quality(other, since=SINCE).rows == []
    text = client_for(first).get(PAGE, headers={"Accept-Language": "en"}).text
    assert "Second look" in text
    assert ">Second<" not in text


def test_reach_ends_at_the_office_and_the_province(pair):
    first, second = pair
    seen(first, second)
    elsewhere = OfficeFactory(code="5001")
    near = OfficerFactory(provincial=True, office=first.office)
    far = OfficerFactory(provincial=True, office=elsewhere)
    assert [len(quality(one, since=SINCE).looks) for one in (near, far)] == [1, 0]
    beyond = [client_for(one).get(PAGE, {"office": first.office_id}) for one in (near, far)]
    assert [answer.status_code for answer in beyond] == [200, 404]


@pytest.mark.parametrize("asked", [{"days": "31"}, {"days": "x"}, {"office": "Bang Kapi"}])
def test_what_is_no_choice_is_not_found(asked):
    assert client_of("supervisor").get(PAGE, asked).status_code == 404


def test_call_centres_see_none_of_it():
    assert client_for(OfficerFactory(call_centre=True)).get(PAGE).status_code == 403


def test_small_numbers_are_hidden_from_above_and_cannot_be_worked_out(pair):
    first, second = pair
    for _each in range(6):
        seen(first, second)
    seen(first, second, "reject")
    seen(second, first)
    administrator = OfficerFactory(administrator=True)
    rows = quality(administrator, since=SINCE, office=first.office_id).rows
    told = {row.name: (row.decided, row.seconded, row.overturned) for row in rows}
    assert told == {"First": (8, None, None), "Second": (8, None, None)}


def test_the_country_is_told_by_office_without_a_case(pair):
    for _each in range(5):
        seen(*pair)
    client = client_for(OfficerFactory(administrator=True))
    answer = client.get(PAGE)
    assert [row.key for row in answer.context["quality"].rows] == [pair[0].office_id]
    assert "First" not in answer.text
    assert reverse("review:queue") not in answer.text.partition("<main")[2]


def test_it_asks_as_often_for_many_as_for_one(pair):
    supervisor, counts = OfficerFactory(supervisor=True, office=pair[0].office), []
    for _each in range(2):
        seen(*pair)
        seen(pair[1], pair[0], "reject")
        with CaptureQueriesContext(connection) as asked:
            quality(supervisor, since=SINCE)
        counts.append(len(asked))
    assert counts[0] == counts[1] == 8


def test_what_was_drawn_is_summed_up_from_above_only_where_neither_part_is_small(pair):
    first, second = pair
    supervisor = OfficerFactory(supervisor=True, office=first.office)
    auditor = OfficerFactory(auditor=True)
    told = []
    for moves in (["approve"] * 4, ["approve"], ["reject"]):
        for move in moves:
            seen(first, second, move)
        told.append([quality(one, since=SINCE).tells_draws for one in (supervisor, auditor)])
    assert told == [[True, False], [True, True], [True, False]]

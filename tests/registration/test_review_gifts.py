"""What a supervisor gives into an officer's hands: told on the open page, gone in moments."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registration.models import Enrollment
from registration.services import holding, review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import REASON

pytestmark = pytest.mark.django_db
CHANGES, NEXT = "/staff/queue/changes/", "/staff/cases/next/"


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


@pytest.fixture
def given(officer) -> Enrollment:
    """In the officer's hands, whose page does not know it yet."""
    waits = EnrollmentFactory(state=State.WAITING_REVIEW)
    return review.reassign_case(
        waits, to=officer, by=OfficerFactory(supervisor=True), reason=REASON
    )


def pass_time(**period) -> None:
    """As if the cases in hand had been there for so long."""
    for case in Enrollment.objects.filter(state=State.IN_REVIEW):
        case.held_until -= timedelta(**period)
        case.held_seen_at = case.held_seen_at and case.held_seen_at - timedelta(**period)
        case.save(update_fields=["held_until", "held_seen_at"])


def told(case: Enrollment) -> dict:
    return {"reference": case.reference, "take": reverse("review:take", args=[case.pk])}


@pytest.mark.parametrize(("seconds", "returned"), [(39, 0), (41, 1)])
def test_it_goes_back_to_the_queue_when_no_hand_opens_it(given, seconds, returned):
    pass_time(seconds=seconds)
    assert holding.return_overdue() == returned
    case = Enrollment.objects.get()
    assert case.state == (State.WAITING_REVIEW if returned else State.IN_REVIEW)
    assert case.waiting_since == given.waiting_since


def test_the_clock_comes_round_so_that_a_minute_is_kept(settings):
    (beat,) = [
        one["schedule"]
        for one in settings.CELERY_BEAT_SCHEDULE.values()
        if one["task"] == "registration.tasks.return_overdue_cases"
    ]
    for silent in (settings.CASE_GIVEN_FOR, settings.CASE_HOLDER_SILENT_FOR):
        assert silent + timedelta(seconds=beat) < timedelta(minutes=1)


def test_the_queue_that_is_open_tells_of_it(staff, given):
    assert staff.get(CHANGES).json()["given"] == told(given)


def test_the_page_of_the_case_in_hand_tells_of_another(staff, officer):
    own = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)
    beat = reverse("review:hold", args=[own.pk])
    assert staff.post(beat).json() == {"given": None}
    other = EnrollmentFactory(state=State.WAITING_REVIEW)
    review.reassign_case(other, to=officer, by=OfficerFactory(supervisor=True), reason=REASON)
    assert staff.post(beat).json() == {"given": told(other)}


def test_opening_it_makes_it_the_one_in_hand_for_as_long_as_any(staff, officer, given):
    own = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)
    review.reassign_case(given, to=officer, by=OfficerFactory(supervisor=True), reason=REASON)
    staff.post(reverse("review:take", args=[given.pk]))
    held = Enrollment.objects.get(state=State.IN_REVIEW)
    assert (held.pk, Enrollment.objects.get(pk=own.pk).held_by) == (given.pk, None)
    assert held.held_until - timezone.now() > timedelta(minutes=9)
    assert staff.get(CHANGES).json()["given"] is None


def test_its_page_opened_by_a_link_keeps_it_from_the_first_sign_on(staff, given):
    page = staff.get(reverse("review:case", args=[given.pk]))
    assert page.context["mine"]
    assert staff.post(reverse("review:hold", args=[given.pk])).status_code == 200
    pass_time(seconds=35)
    assert holding.return_overdue() == 0
    assert Enrollment.objects.get().held_until - timezone.now() > timedelta(minutes=8)


def test_n_leads_to_it(staff, given):
    EnrollmentFactory(state=State.WAITING_REVIEW, waiting_since=timezone.now() - timedelta(hours=1))
    assert staff.post(NEXT).url == reverse("review:case", args=[given.pk])


def test_nobody_else_is_told_and_nobody_else_opens_it(client, signed_in, given):
    other = signed_in(client, OfficerFactory())
    assert other.get(CHANGES).json()["given"] is None
    other.post(reverse("review:take", args=[given.pk]))
    assert Enrollment.objects.get().held_by_id == given.held_by_id


def test_what_is_given_on_is_told_to_the_second_alone(staff, client, officer, given):
    review.reassign_case(
        given, to=OfficerFactory(), by=OfficerFactory(supervisor=True), reason=REASON
    )
    assert staff.get(CHANGES).json()["given"] is None
    assert staff.post(reverse("review:hold", args=[given.pk])).status_code == 409

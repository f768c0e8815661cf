"""The supervisor's numbers: of the own office, of today, from decisions and the log."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.roles import Role
from registration.models import Decision, Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.services.review_numbers import as_minutes, supervisors_numbers
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
PAGE = "/staff/numbers/"


def decided(officer, move: str = "approve", *, held: timedelta = timedelta(0)) -> Enrollment:
    case = EnrollmentFactory(state=State.WAITING_REVIEW, office=officer.office)
    taken = review.take_case(case, officer=officer)
    if move == "reject":
        deciding.reject_enrollment(taken, officer=officer, reasons=["not_the_same"])
    else:
        deciding.approve_enrollment(taken, officer=officer)
    later = timezone.now() + held
    Decision.objects.filter(enrollment=case, officer=officer).update(decided_at=later)
    return case


def test_what_waits_and_what_is_held_is_counted_in_the_own_office():
    supervisor = OfficerFactory(supervisor=True)
    oldest = timezone.now() - timedelta(hours=3)
    EnrollmentFactory(state=State.WAITING_REVIEW, state_since=oldest)
    EnrollmentFactory(state=State.SECOND_REVIEW)
    EnrollmentFactory(state=State.IN_REVIEW)
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="5001"))
    numbers = supervisors_numbers(supervisor)
    assert [numbers.waiting, numbers.held, numbers.oldest] == [2, 1, oldest]


def test_decisions_of_today_are_counted_by_officer_with_the_median_time_in_hand():
    busy, other = OfficerFactory(name="Busy"), OfficerFactory(name="Other")
    for minutes in (1, 2, 9):
        decided(busy, held=timedelta(minutes=minutes))
    decided(other, "reject", held=timedelta(minutes=4))
    decided(OfficerFactory(elsewhere=True))
    numbers = supervisors_numbers(OfficerFactory(supervisor=True))
    days = [
        (day.name, day.decided, day.approved, day.rejected, day.in_hand_minutes)
        for day in numbers.officers
    ]
    assert days == [("Busy", 3, 3, 0, "2:00"), ("Other", 1, 0, 1, "4:00")]
    assert [numbers.decided, numbers.in_hand_minutes] == [4, "3:00"]


def test_decisions_of_yesterday_do_not_count():
    decided(OfficerFactory(), held=timedelta(days=-1))
    numbers = supervisors_numbers(OfficerFactory(supervisor=True))
    assert [numbers.decided, numbers.officers, numbers.in_hand_minutes] == [0, [], "-"]


def test_first_approvals_that_the_second_officer_rejected_are_overturned():
    first, second = OfficerFactory.create_batch(2)
    for move in ("reject", "approve"):
        case = EnrollmentFactory(state=State.WAITING_REVIEW)
        for officer, name, reason in (
            (first, "pass_to_second", "would_approve"),
            (second, move, ""),
        ):
            Decision.objects.create(enrollment=case, officer=officer, move=name, reason=reason)
    numbers = supervisors_numbers(OfficerFactory(supervisor=True))
    assert [numbers.overturned, numbers.seconded] == [1, 2]


def test_a_provincial_officer_sees_the_numbers_of_the_province():
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="1201"))
    EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code="5001"))
    assert supervisors_numbers(OfficerFactory(role=Role.PROVINCIAL)).waiting == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OFFICER, 403),
        (Role.SUPERVISOR, 200),
        (Role.PROVINCIAL, 200),
        (Role.ADMINISTRATOR, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_the_page_is_for_those_who_supervise(client, signed_in, role, status):
    decided(OfficerFactory())
    signed_in(client, OfficerFactory(role=role))
    assert [client.get(reverse("review:numbers")).status_code, PAGE] == [
        status,
        reverse("review:numbers"),
    ]


@pytest.mark.parametrize(
    ("duration", "words"),
    [(None, "-"), (timedelta(seconds=65), "1:05"), (timedelta(hours=2), "120:00")],
)
def test_a_duration_is_written_in_minutes_and_seconds(duration, words):
    assert as_minutes(duration) == words

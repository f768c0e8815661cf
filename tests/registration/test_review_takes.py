"""Fifty officers press at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from offices.models import Officer
from offices.people import suspend_officer
from registration.errors import Refused
from registration.models import Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.services.enrolling import withdraw
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import REASON

pytestmark = pytest.mark.usefixtures("transactional_db")
OFFICERS = 50


def in_threads(work, items) -> list:
    def alone(item):
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(alone, items))


def test_each_gets_a_case_and_nobody_another_ones():
    officers = OfficerFactory.create_batch(OFFICERS)
    EnrollmentFactory.create_batch(OFFICERS, state=State.WAITING_REVIEW)
    taken = in_threads(review.take_next_case, officers)
    assert len({case.pk for case in taken if case}) == OFFICERS


def test_one_officer_who_presses_again_and_again_has_one_case_in_hand():
    officer = OfficerFactory()
    EnrollmentFactory.create_batch(8, state=State.WAITING_REVIEW)
    taken = in_threads(review.take_next_case, [officer] * 8)
    held = Enrollment.objects.filter(held_by=officer)
    assert {case.pk for case in taken} == {case.pk for case in held}
    assert held.count() == 1


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told():
    first, second = OfficerFactory.create_batch(2)
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=first)

    def decide(work):
        try:
            return work().state
        except Refused as refusal:
            return refusal.code

    answers = in_threads(
        decide,
        [
            lambda: deciding.approve_enrollment(case, officer=first),
            lambda: deciding.reject_enrollment(case, officer=first, reasons=["other"]),
            lambda: deciding.reject_enrollment(case, officer=second, reasons=["other"]),
        ],
    )
    final = Enrollment.objects.get().state
    assert sorted(answers) == sorted([final, "not_yours", "not_yours"])
    assert case.decisions.count() == 1


def test_a_case_held_too_long_waits_again_for_all():
    first, second = OfficerFactory.create_batch(2)
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=first)
    assert review.take_next_case(second) is None
    Enrollment.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert review.take_next_case(second).pk == case.pk


def test_the_button_gives_a_case_back(client, signed_in):
    """Here, where no transaction of the test's hides that the button has none of its own."""
    officer = OfficerFactory()
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)
    answer = signed_in(client, officer).post(reverse("review:release", args=[case.pk]))
    assert [answer.status_code, Enrollment.objects.get().state] == [302, State.WAITING_REVIEW]


def test_who_is_switched_off_while_pressing_is_left_with_nothing():
    by, officer = OfficerFactory(administrator=True), OfficerFactory()
    EnrollmentFactory.create_batch(3, state=State.WAITING_REVIEW)

    def press(work):
        try:
            return work()
        except PermissionDenied:
            return None

    def switch_off():
        suspend_officer(officer, by=by, reason="No longer works here.")

    in_threads(press, [lambda: review.take_next_case(officer)] * 4 + [switch_off])
    assert not Officer.objects.get(pk=officer.pk).is_active
    with pytest.raises(PermissionDenied):
        review.take_next_case(officer)
    assert not Enrollment.objects.filter(held_by=officer).exists()


def test_what_a_citizen_withdraws_is_in_nobodys_hands():
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=OfficerFactory())
    withdraw(case)
    kept = Enrollment.objects.values_list("state", "held_by", "held_until", "held_seen_at").get()
    assert kept == (State.WITHDRAWN, None, None, None)


def test_a_case_put_into_my_hands_is_given_back_once_i_have_seen_it_and_fall_silent():
    officer, supervisor = OfficerFactory(), OfficerFactory(supervisor=True)
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    review.reassign_case(case, to=officer, by=supervisor, reason=REASON)
    assert review.take_next_case(officer).pk == case.pk
    assert Enrollment.objects.get().held_seen_at is not None

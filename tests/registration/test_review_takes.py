"""Fifty officers press at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from registration.errors import Refused
from registration.models import Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory

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

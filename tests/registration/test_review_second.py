"""Two people look at a case that was passed on: never the same one twice."""

import pytest

from registration.errors import Conflict
from registration.models import Enrollment
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory

pytestmark = pytest.mark.django_db


def passed_on(first) -> Enrollment:
    case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=first)
    return review.pass_to_second_officer(case, officer=first)


def test_whoever_passed_a_case_on_does_not_take_it_back():
    first = OfficerFactory()
    with pytest.raises(Conflict):
        review.take_case(passed_on(first), officer=first)


def test_not_even_after_the_second_officer_gave_it_back():
    first, second = OfficerFactory.create_batch(2)
    taken = review.take_case(passed_on(first), officer=second)
    released = review.release_case(taken, officer=second)
    with pytest.raises(Conflict):
        review.take_case(released, officer=first)
    assert review.take_next_case(first) is None
    assert review.take_next_case(second).pk == released.pk

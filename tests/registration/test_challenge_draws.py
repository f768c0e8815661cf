"""Head turns are drawn so often of a number in a day, however many registrations it has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.errors import Conflict
from registration.models import Challenge, Enrollment
from registration.services.challenges import issue_challenge
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.registration.test_challenges import draw

pytestmark = pytest.mark.django_db


def test_beginning_anew_with_the_same_number_gives_no_more_draws(settings):
    key = "01890000-0000-7000-8000-000000000001"
    first, second = EnrollmentFactory.create_batch(2, state=State.DATA_CONFIRMED, number_key=key)
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(Conflict):
        issue_challenge(second)
    other = EnrollmentFactory(state=State.DATA_CONFIRMED)
    assert issue_challenge(other).enrollment == other


def test_the_draws_of_another_day_are_forgotten(settings):
    key = "01890000-0000-7000-8000-000000000001"
    first, second = EnrollmentFactory.create_batch(2, state=State.DATA_CONFIRMED, number_key=key)
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    Challenge.objects.update(expires_at=timezone.now() - settings.CHALLENGE_DRAWS_COUNTED_FOR)
    assert issue_challenge(second).enrollment == second


def test_of_many_that_were_begun_long_before_each_has_no_draws_of_its_own(settings):
    key = "01890000-0000-7000-8000-000000000001"
    first, second = EnrollmentFactory.create_batch(2, state=State.DATA_CONFIRMED, number_key=key)
    Enrollment.objects.update(created_at=timezone.now() - timedelta(days=5))
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(Conflict, match="challenges_used_up"):
        issue_challenge(second)

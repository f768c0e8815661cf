"""Head turns are drawn so often of a number in a day, however many registrations it has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.errors import Conflict
from registration.models import Challenge, Enrollment
from registration.services.capture import recapture_card
from registration.services.challenges import issue_challenge
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.registration.test_challenges import draw
from tests.walks import Walk

pytestmark = pytest.mark.django_db
KEY, ANOTHER = (f"01890000-0000-7000-8000-00000000000{one}" for one in (1, 2))


def two_of_one_number() -> list[Enrollment]:
    return EnrollmentFactory.create_batch(2, state=State.DATA_CONFIRMED, number_key=KEY)


def test_beginning_anew_with_the_same_number_gives_no_more_draws(settings):
    first, second = two_of_one_number()
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(Conflict):
        issue_challenge(second)
    other = EnrollmentFactory(state=State.DATA_CONFIRMED)
    assert issue_challenge(other).enrollment == other


def test_the_draws_of_another_day_are_forgotten(settings):
    first, second = two_of_one_number()
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    Challenge.objects.update(expires_at=timezone.now() - settings.CHALLENGE_DRAWS_COUNTED_FOR)
    assert issue_challenge(second).enrollment == second


def test_of_many_that_were_begun_long_before_each_has_no_draws_of_its_own(settings):
    first, second = two_of_one_number()
    Enrollment.objects.update(created_at=timezone.now() - timedelta(days=5))
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(Conflict, match="challenges_used_up"):
        issue_challenge(second)


def test_a_card_taken_anew_does_not_give_the_number_its_draws_back(settings):
    first, second = two_of_one_number()
    draw(first, settings.MAX_CHALLENGE_DRAWS)
    Enrollment.objects.filter(pk=first.pk).update(number_key=ANOTHER)
    with pytest.raises(Conflict, match="challenges_used_up"):
        issue_challenge(second)


def test_turns_that_were_drawn_before_the_data_were_confirmed_anew_are_over():
    """Drawn for the number of another card, until they fit."""
    walk = Walk().to_selfie()
    before = issue_challenge(walk.enrollment)
    recapture_card(walk.enrollment)
    walk.refresh()
    walk.to_selfie()
    before.refresh_from_db()
    assert before.ended_at is not None
    assert issue_challenge(walk.enrollment).pk != before.pk

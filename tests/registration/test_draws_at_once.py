"""Head turns asked for by two registrations of one number at the same moment."""

from functools import partial

import pytest

from registration.errors import Conflict
from registration.models import Challenge
from registration.services.challenges import issue_challenge
from tests.at_once import at_once
from tests.registration.test_challenge_draws import two_of_one_number

pytestmark = pytest.mark.usefixtures("transactional_db")


def test_two_at_once_do_not_share_the_last_draw_of_a_number(settings):
    settings.MAX_CHALLENGE_DRAWS = 1
    both = two_of_one_number()
    got = at_once(*[partial(issue_challenge, one) for one in both])
    assert sorted(one is Conflict for one in got) == [False, True]
    assert Challenge.objects.count() == 1

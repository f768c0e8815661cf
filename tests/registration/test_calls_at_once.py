"""Calls to 1548 at the same moment: what may happen once happens once."""

import pytest

from identity.models import HolderNotice
from registration.errors import Conflict, Unknown
from registration.models import HelpCode
from registration.services.help_codes import Paused, make_code, open_code
from registration.services.help_line import UsedUp, look_up, suspend
from tests.at_once import at_once
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory, valid_number

pytestmark = pytest.mark.usefixtures("transactional_db")
SAID = {"reason": "device_lost", "made_sure": "answered"}
OTHER = valid_number("377770000000")


def test_two_searches_at_once_do_not_share_the_last_one_of_the_day(settings):
    settings.HELP_SEARCHES_A_DAY = 1
    agent = OfficerFactory(call_centre=True)
    got = at_once(*[lambda: look_up(OTHER, agent=agent)] * 2)
    assert sorted(one is UsedUp for one in got) == [False, True]


def test_of_two_agents_at_once_one_suspends():
    number = DigitalIDFactory().holder.number
    agents = [OfficerFactory(call_centre=True) for _ in range(2)]
    looks = [look_up(number, agent=agent).pk for agent in agents]
    last = number[-4:]
    got = at_once(
        lambda: suspend(looks[0], **SAID, last_four=last, agent=agents[0]),
        lambda: suspend(looks[1], **SAID, last_four=last, agent=agents[1]),
    )
    assert sorted(one is Conflict for one in got) == [False, True]
    assert HolderNotice.objects.count() == 1


def test_of_two_agents_at_once_one_opens():
    code, _ = make_code(EnrollmentFactory())
    agents = [OfficerFactory(call_centre=True) for _ in range(2)]
    got = at_once(*[lambda one=one: open_code(code, agent=one) for one in agents])
    assert sorted(one is Unknown for one in got) == [False, True]


def test_of_two_presses_at_once_one_code_is_open():
    enrollment = EnrollmentFactory()
    at_once(*[lambda: make_code(enrollment)] * 2)
    assert HelpCode.objects.filter(key__isnull=False).count() == 1


def test_guesses_at_once_are_all_counted(settings):
    settings.HELP_FREE_TRIES = 2
    agent = OfficerFactory(call_centre=True)
    got = at_once(*[lambda: open_code("123456", agent=agent)] * 4)
    assert sorted(one is Paused for one in got) == [False, False, True, True]

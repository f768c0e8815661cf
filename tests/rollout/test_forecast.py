"""The forecast on plain numbers, worked out by hand."""

import datetime

import pytest
from django.utils import timezone

from rollout.forecast import Area, Forecast, Pace, forecast, moved, openings
from rollout.models import Phase

FRIDAY = datetime.date(2027, 1, 29)
MARCH = datetime.date(2027, 3, 1)
PACE = Pace(signups=0.01, cases=0.1, decisions=10, officers=2)


def told(*areas: Area, pace: Pace = PACE, waiting: int = 0, goal: int = 60_000_000) -> Forecast:
    return forecast(areas, pace, today=FRIDAY, total=500, waiting=waiting, goal=goal)


def test_every_day_the_same_share_of_those_without_signs_up():
    # 1,000 are left: Saturday 10, Sunday 9.9, which end January; 500 hold one before.
    january = told(Area(1500, 500, FRIDAY)).months[0]
    assert (january.first, january.total) == (datetime.date(2027, 1, 1), 520)
    assert january.signups == pytest.approx(9.95)
    assert january.cases == pytest.approx(0.995)


def test_cases_wait_over_the_weekend_and_no_longer_than_officers_need():
    # 100,000 are left: Saturday 1,000 sign up, Sunday 990: 199 cases, decided by nobody.
    crowd = Area(100_000, 0, FRIDAY)
    assert told(crowd, waiting=1).months[0].waiting == 200
    # 28 February is a Sunday: the 29th and 30th day's 75.5 and 74.7 cases wait, in March none.
    enough = told(crowd, pace=Pace(signups=0.01, cases=0.1, decisions=100, officers=2))
    assert [month.waiting for month in enough.months[1:3]] == [150, 0]
    assert told(crowd, pace=Pace(0.01, 0.1, 100, 0)).months[0].waiting == 199


@pytest.mark.parametrize(
    ("cases", "decisions", "officers"),
    [
        (0, 10, 0),
        (1, 10, 1),
        (100, 10, 14),
        (50, 7, 10),
        (51, 7, 11),
        (5, 0, None),
        (0, 0, 0),
        (5, 1e-308, None),
    ],
)
def test_officers_decide_a_weeks_cases_in_five_days(cases, decisions, officers):
    assert Pace(0.01, 0.1, decisions, 1).officers_for(cases) == officers


def test_a_province_that_opens_later_signs_nobody_up_before():
    later = told(Area(1_000_000, 0, MARCH))
    assert [round(month.signups) for month in later.months[:2]] == [0, 0]
    assert later.months[2].first == MARCH
    assert later.busiest.first == MARCH
    assert told(Area(1_000_000, 0, None)).total == 500


def test_the_goal_is_reached_on_the_first_day_on_which_as_many_hold_one():
    # 500 there are, 10 on Saturday, 9.9 on Sunday.
    people = Area(1500, 500, FRIDAY)
    assert told(people, goal=510).reached == datetime.date(2027, 1, 30)
    assert told(people, goal=519).reached == datetime.date(2027, 1, 31)
    never = told(people, goal=1501)
    assert (never.reached, never.total) == (None, 1500)


def test_a_province_opens_with_the_first_phase_in_force_that_names_it():
    pilot = Phase(code="pilot", starts_on=datetime.date(2027, 1, 1), provinces=["10"])
    wave = Phase(code="wave", starts_on=MARCH, provinces=["10", "40"])
    shut = Phase(code="shut", starts_on=datetime.date(2027, 2, 1), closed=True)
    assert openings([pilot, wave, shut], ["10", "40", "90"], today=FRIDAY) == {
        "10": FRIDAY,
        "40": MARCH,
        "90": None,
    }
    everywhere = Phase(code="nation", starts_on=datetime.date(2027, 6, 1))
    opened = openings([pilot, wave, everywhere], ["90"], today=FRIDAY)
    assert opened == {"90": datetime.date(2027, 6, 1)}


def test_a_phase_kept_back_on_its_day_is_counted_on_for_tomorrow():
    day = timezone.localdate()
    kept_back = Phase(code="wave", starts_on=day, provinces=["40"], waits=True)
    assert openings([kept_back], ["40"], today=day) == {"40": day + datetime.timedelta(days=1)}


def test_what_is_open_stays_open_whatever_is_tried():
    planned = {"10": FRIDAY, "40": MARCH, "41": None, "90": None}
    to = datetime.date(2027, 5, 1)
    assert moved(planned, ["10", "40", "41"], to, today=FRIDAY) == {
        "10": FRIDAY,
        "40": to,
        "41": to,
        "90": None,
    }


def test_where_the_goal_is_reached_there_is_no_busiest_month():
    done = told(Area(1500, 500, FRIDAY), goal=500)
    assert (done.reached, done.busiest, done.fullest) == (FRIDAY, None, None)

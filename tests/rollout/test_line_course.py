"""The line's arithmetic: what is called when, whose turn is past, what whoever waits is told."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollout.line.course import Course, Leg
from rollout.line.moving import next_leg
from rollout.line.snapshot import Snapshot
from rollout.line.standing import Standing, ask_again_in, minutes_to_wait, standing_of

NINE = datetime(2023, 1, 20, 9, tzinfo=UTC)
TURN = timedelta(minutes=15)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def course(*legs: tuple[float, float, float]) -> Course:
    return Course([Leg(at(since), position, speed) for since, position, speed in legs], TURN)


def test_the_line_moves_on_by_itself_and_not_for_ever():
    walks = course((0, 100, 10))
    assert [walks.called(at(one)) for one in (-60, 0, 1, 5, 10, 1000)] == [
        100, 100, 110, 150, 200, 200,
    ]  # fmt: skip


def test_a_turn_lasts_from_the_call_until_a_quarter_of_an_hour_later():
    walks = course((0, 100, 10), (10, 200, 10))
    assert walks.turn_ends(150) == at(20)
    assert [walks.over(at(one)) for one in (14, 15, 19.9, 20, 25)] == [0, 100, 149, 150, 200]


def test_what_the_line_ran_ahead_of_those_who_come_is_called_anew():
    """At 10 it had come to 200, nobody had drawn beyond 120: 150 is drawn and called later."""
    walks = course((0, 100, 10), (10, 120, 10))
    assert [walks.called(at(one)) for one in (10, 11, 13)] == [120, 130, 150]
    assert walks.turn_ends(150) == at(28)
    assert [walks.over(at(20)), walks.over(at(25)), walks.over(at(28))] == [120, 120, 150]


def test_a_clock_set_back_calls_nobody_twice_and_ends_no_turn():
    before = course((120, 500, 10))
    leg = next_leg(before, 10.0, drawn=2000, now=at(0), closed=False)
    after = Course([*before.legs, leg], TURN)
    assert [leg.position, after.called(at(1)), after.over(at(1))] == [500, 510, 0]


def test_a_clock_set_ahead_by_a_day_calls_ten_minutes_worth_and_not_everybody():
    leg = next_leg(course((0, 500, 10)), 10.0, drawn=100_000, now=at(24 * 60), closed=False)
    assert leg.position == 600


@pytest.mark.parametrize(
    ("drawn", "closed", "position"),
    [(50, False, 80), (50, True, 50), (95, False, 100), (1000, False, 100), (1000, True, 100)],
)
def test_the_line_is_ahead_of_those_who_come_by_a_bounded_number(drawn, closed, position):
    leg = next_leg(course((0, 90, 10)), 10.0, drawn=drawn, now=at(1), closed=closed)
    assert leg.position == position


def test_a_line_that_never_moved_begins_with_those_who_come_next():
    assert next_leg(None, 10.0, drawn=70, now=NINE, closed=False) == Leg(NINE, 100, 10.0, 0)
    assert next_leg(None, 0.0, drawn=70, now=NINE, closed=True) == Leg(NINE, 70, 0.0, 0)


@given(
    st.lists(
        st.tuples(st.floats(0.05, 12), st.integers(0, 400), st.floats(0, 300), st.booleans()),
        max_size=40,
    ),
)
def test_nobody_who_was_called_waits_again_and_nobodys_turn_passes_before_the_call(steps):
    """Minutes until the next beat, how many come before it, the speed it sets, whether closed."""
    now, drawn, called, legs, faults = NINE, 0, 0, [Leg(NINE, 0, 10)], []
    waited: dict[int, datetime] = {}  # until when at least
    for minutes, come, speed, closed in steps:
        now += timedelta(minutes=minutes)
        drawn += come
        legs.append(next_leg(Course(legs, TURN), speed, drawn=drawn, now=now, closed=closed))
        walks = Course(legs, TURN)
        faults += ["called back"] if min(walks.called(now), drawn) < called else []
        called = min(walks.called(now), drawn)
        waited |= dict.fromkeys(range(called + 1, drawn + 1), now)
        over = walks.over(now)
        faults += [one for one, last in waited.items() if one <= over and last > now - TURN]
        faults += ["over, and nobody had it"] if legs[-1].over > drawn else []
    assert faults == []


def snapshot(of: Course, *, free: int = 10_000) -> Snapshot:
    return Snapshot("itself", of, 5000, free, time.monotonic())


@pytest.mark.parametrize(
    ("number", "state", "before"),
    [(130, "over", 0), (131, "called", 0), (280, "called", 0), (281, "waiting", 0),
     (381, "waiting", 100)],
)  # fmt: skip
def test_a_number_waits_is_called_or_over(number, state, before):
    walks = snapshot(course((0, 100, 10), (10, 200, 10)))
    found = standing_of(number, walks, now=at(18))
    assert (found.state, found.before) == (state, before)


def test_the_range_goes_from_the_fastest_to_the_slowest_of_the_last_ten_minutes():
    walks = course((-60, 0, 5), (-1, 0, 100), (4, 0, 200), (8, 0, 50), (12, 0, 50))
    assert minutes_to_wait(1999, walks, at(9)) == (5, 50)
    assert minutes_to_wait(1999, walks, at(11)) == (5, 50)
    assert minutes_to_wait(1999, walks, at(19)) == (30, 50)
    assert minutes_to_wait(0, walks, at(19)) == (0, 2)


def test_nobody_is_promised_anything_while_it_stands_still_or_for_days():
    assert minutes_to_wait(10, course((0, 0, 0)), at(1)) == (None, None)
    assert minutes_to_wait(100_000, course((0, 0, 10)), at(1)) == (None, None)
    left_alone = course((0, 0, 10))
    assert minutes_to_wait(100, left_alone, at(9.9)) != (None, None)
    assert minutes_to_wait(100, left_alone, at(10)) == (None, None)
    assert standing_of(500, snapshot(left_alone), now=at(10)).stands_still


def test_hours_are_told_in_hours():
    found = standing_of(3000, snapshot(course((0, 0, 10))), now=at(0))
    assert (found.least, found.most, found.in_hours) == (3, 6, True)


def test_who_may_find_no_place_is_told_so():
    walks = snapshot(course((0, 0, 10)), free=50)
    assert [standing_of(one, walks, now=NINE).may_miss for one in (50, 51)] == [False, True]


def test_where_no_line_is_kept_nobody_waits():
    off = Snapshot("off", None, 0, 0, time.monotonic())
    assert standing_of(7, off, now=NINE) == Standing("no_line")


def test_whoever_is_farther_back_asks_more_rarely_and_never_all_at_once():
    walks = course((0, 0, 100))
    near = {ask_again_in(20, walks, NINE) for _ in range(40)}
    far = {ask_again_in(90_000, walks, NINE) for _ in range(40)}
    assert near <= {4, 5, 6}
    assert 192 <= min(far) < max(far) <= 288
    assert len(far) > 5

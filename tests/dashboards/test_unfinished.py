"""What is not over is not drawn as a plunge, and figures say since when they are kept."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from dashboards.pages.funnel import funnel_tables
from dashboards.pages.overview import overview, overview_tables
from dashboards.pages.where import finished
from dashboards.periods import Period
from dashboards.presenters import shown
from tests.dashboards.test_pages import PATH, add
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
DAY = datetime.timedelta(days=1)


def last(days: int) -> Period:
    today = timezone.localdate()
    return Period(today - (days - 1) * DAY, today, "own")


def table_of(key: str, period: Period):
    tables = overview_tables(period, overview())
    return shown(next(table for table in tables if table.key == key))


def test_todays_count_is_in_the_table_and_not_in_the_chart():
    today = timezone.localdate()
    for back, count in ((0, 7), (1, 900)):
        add(count, figure="signups", day=today - back * DAY)
    newest, before = table_of("days", last(2)).rows
    assert 'data-number="">7<' in newest
    assert 'data-number="900">900<' in before
    assert ["so far" in newest, "so far" in before] == [True, False]


def test_a_period_that_is_over_is_drawn_whole():
    yesterday = timezone.localdate() - DAY
    add(7, figure="signups", day=yesterday)
    assert 'data-number="7">7<' in table_of("days", Period(yesterday, yesterday, "own")).rows[0]


def test_the_present_hour_is_not_drawn_either():
    hour = timezone.localtime().hour
    rows = table_of("hours", last(2)).rows
    assert ["so far" in row for row in rows] == [number == hour for number in range(24)]


@pytest.mark.parametrize(
    ("line", "back", "drawn"),
    [([5, 5, 1], 0, [5, 5]), ([5, 5, 1], 1, [5, 5, 1]), ([5, 1], 0, [5, 1]), (None, 0, None)],
)
def test_a_trend_ends_with_its_last_whole_stretch(line, back, drawn):
    end = timezone.localdate() - back * DAY
    assert finished(line, Period(end - 10 * DAY, end, "own")) == drawn


def test_a_figure_says_since_when_it_is_kept_and_when_a_range_reaches_further():
    first = timezone.localdate() - 5 * DAY
    add(3, figure="reached", label="start", day=first)
    short, long = (funnel_tables(last(days))[0].note for days in (3, 30))
    assert ["Kept since" in short, "further back" in short] == [True, False]
    assert ["Kept since" in long, "further back" in long] == [True, True]


def test_the_page_of_the_steps_shows_it():
    add(3, figure="reached", label="start", day=timezone.localdate())
    cache.clear()
    page = administrators_client().get(f"{PATH}funnel/", headers=ENGLISH).text
    assert "The chosen days reach further back" in page

"""What is not over is not drawn as a plunge, and figures say since when they are kept."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from dashboards.filters import Choice, tables_of
from dashboards.pages.overview import overview, overview_tables
from dashboards.pages.since import COUNTED, with_since
from dashboards.pages.where import finished
from dashboards.periods import Period
from dashboards.presenters import shown
from dashboards.tables import Table
from tests.dashboards.test_pages import PATH, add
from tests.factories import OfficerFactory
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


@pytest.mark.parametrize(("days", "reaches_further"), [(3, False), (30, True)])
def test_each_figure_says_since_when_it_is_kept_and_when_a_range_reaches_further(
    days, reaches_further
):
    for figure in {one for counted in COUNTED.values() for one in counted}:
        add(3, figure=figure, label="start", day=timezone.localdate() - 5 * DAY)
    tables = [Table("key", "Title", "unit", one, [], [], note="A note.") for one in COUNTED]
    notes = [table.note for table in with_since(tables, last(days))]
    assert [note for note in notes if not note.startswith("A note. Kept since ")] == []
    assert {"further back" in note for note in notes} == {reaches_further}


@pytest.mark.parametrize("page", ["overview", "funnel", "where", "work", "groups"])
def test_each_table_counts_something_that_is_known(page):
    officer = OfficerFactory(administrator=True)
    found = {one.definition for one in tables_of(page, Choice(last(3), "", ""), officer=officer)}
    assert found - set(COUNTED) <= {"sign-ups", "where", "hours", "costs"}


def test_the_page_of_the_steps_shows_it():
    add(3, figure="reached", label="start", day=timezone.localdate())
    cache.clear()
    page = administrators_client().get(f"{PATH}funnel/", headers=ENGLISH).text
    assert "The chosen days reach further back" in page

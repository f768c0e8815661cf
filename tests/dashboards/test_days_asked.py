"""Days that are asked for are kept or told, never replaced; the tiles speak of them."""

import datetime

import pytest
from django.utils import timezone

from dashboards.comparing import completed
from dashboards.pages.overview import overview, overview_tables
from dashboards.pages.where import where_tables
from dashboards.periods import Period
from tests.dashboards.test_pages import PATH, add
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2569-01-01", "from"),
        ("period=own&from=2026-01-05&to=2026-01-01", "to"),
        ("period=own&from=yesterday&to=2026-01-01", "from"),
        ("period=own&from=2026-01-01", "to"),
        ("period=own&from=2026-01-01&to=2100-01-01", "to"),
        ("period=13", "period"),
    ],
)
@pytest.mark.parametrize("page", ["", "where/", "definitions/", "overview.csv"])
def test_days_that_make_no_sense_are_told_and_no_figures_shown(page, query, field):
    answer = administrators_client().get(f"{PATH}{page}?{query}")
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert answer.context["tables"] == []
    assert f'<a href="#{field}">' in answer.text


def test_days_of_the_buddhist_era_are_the_same_days():
    client = administrators_client()
    add(12, day=datetime.date(2026, 1, 3))
    add(99, day=datetime.date(2026, 1, 6))
    page = client.get(f"{PATH}?period=own&from=1/1/2569&to=5/1/2569")
    assert page.context["period"] == Period(
        datetime.date(2026, 1, 1), datetime.date(2026, 1, 5), "own"
    )
    assert page.context["chosen"].sign_ups == 12


@pytest.mark.parametrize(
    "query", ["from=2026-01-05&to=2026-01-01", "from=2026-01-01&to=2100-01-01"]
)
def test_the_api_refuses_them_as_well(query):
    answer = administrators_client().get(f"/api/v1/statistics/overview/?period=own&{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "to")


def test_the_tiles_speak_of_the_chosen_days_and_compare_them():
    for day, count in (((2023, 1, 20), 30), ((2023, 1, 18), 20), ((2022, 6, 1), 500)):
        add(count, day=datetime.date(*day))
    page = administrators_client().get(f"{PATH}?period=own&from=2023-01-19&to=2023-01-20")
    shown = page.context["chosen"]
    assert (shown.sign_ups, shown.before, shown.change, shown.a_day) == (30, 20, 50.0, 15.0)
    assert "50.0% against 20 in as many days before" in page.text


def test_a_period_that_is_not_over_is_compared_with_nothing_whole():
    add(7)
    assert administrators_client().get(f"{PATH}?period=7").context["chosen"].change is None


def table(period: Period, key: str):
    tables = (completed(one, period) for one in overview_tables(period, overview()))
    return next(one for one in tables if one.key == key)


def test_a_table_has_its_sum_and_its_change_in_percent():
    for day, count in ((18, 20), (19, 10), (20, 20)):
        add(count, day=datetime.date(2023, 1, day))
    period = Period(datetime.date(2023, 1, 19), datetime.date(2023, 1, 20), "own", compares=True)
    days = table(period, "days")
    assert [column.key for column in days.columns] == [
        "day",
        "sign_ups",
        "before",
        "change",
        "in_all",
    ]
    assert list(days.total) == [30, 20, 50.0, None]
    assert [row.values[3] for row in days.rows] == [0.0, None]


def test_what_still_grows_has_no_change():
    today = timezone.localdate()
    add(5)
    add(50, day=today - datetime.timedelta(days=1))
    days = table(Period(today, today, "own", compares=True), "days")
    assert [days.rows[0].values[3], days.total[2]] == [None, None]
    assert "Today is not over" in days.note


def test_no_row_of_another_table_is_compared_while_today_still_adds_to_it():
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    for day, count in ((today, 5), (yesterday, 50), (yesterday - datetime.timedelta(days=1), 40)):
        add(count, day=day)
    changes = []
    for last in (today, yesterday):
        ways = table(Period(last, last, "own", compares=True), "channels")
        at = [column.key for column in ways.columns].index("change")
        changes.append([{row.values[at] for row in ways.rows} - {None}, ways.total[at - 1 :][:1]])
    assert [changes[0][0], changes[1][0]] == [set(), {25.0}]


def test_no_sum_tells_what_is_not_shown():
    for code, count in (("1206", 3), ("1207", 70)):
        OfficeFactory(code=code)
        add(count, area=code)
    officer, today = OfficerFactory(administrator=True), timezone.localdate()
    period = Period(today, today, "own")
    tables = where_tables(period, officer, "12")
    assert completed(tables[0], period).total == ()

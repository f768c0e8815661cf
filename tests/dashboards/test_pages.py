"""The pages of figures, over counters as a history of the rollout would leave them."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dashboards.definitions import DEFINITIONS
from dashboards.models import Counter, Eligible
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
PAGES = {"": 20, "funnel/": 7, "where/": 10, "work/": 18, "groups/": 7}
PATH = "/staff/dashboard/"


def add(count: int, *, area: str = "", day: datetime.date | None = None, **cell: str) -> None:
    cell = {"figure": "signups", "label": "app"} | cell
    Counter.objects.create(
        area=area, day=day or timezone.localdate(), count=count, loaded=True, **cell
    )


@pytest.fixture
def staff(client, signed_in):
    return signed_in(client, OfficerFactory(administrator=True))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("offices", [1, 3])
def test_a_page_takes_few_queries_however_many_offices_there_are(staff, page, offices):
    for code in ("1206", "1207", "5001")[:offices]:
        OfficeFactory(code=code)
        add(40, area=code)
        add(40, area=code[:2], label=code)
    staff.get(f"{PATH}{page}")
    with CaptureQueriesContext(connection) as queries:
        response = staff.get(f"{PATH}{page}?compare=1")
    assert response.status_code == 200
    assert len(queries) == PAGES[page]


def test_the_sum_on_23_january_2023_is_shown(staff):
    add(24_925, day=datetime.date(2022, 6, 1))
    add(28_000, day=datetime.date(2023, 1, 23))
    response = staff.get(f"{PATH}?period=own&from=2023-01-20&to=2023-01-24")
    assert "52,925" in response.text


def test_this_hour_stands_beside_the_same_hour_a_week_ago(staff):
    hour, today = f"{timezone.localtime():%H}", timezone.localdate()
    add(12, figure="hours", label=hour)
    add(34, figure="hours", label=hour, day=today - datetime.timedelta(days=7))
    page = " ".join(staff.get(PATH).text.split())
    assert '<span class="number">12</span>' in page
    assert "34 in the whole of this hour a week ago" in page


def test_a_province_that_is_none_is_not_found(staff):
    assert staff.get(f"{PATH}where/?province=99").status_code == 404


def test_figures_are_given_per_1000_who_could_sign_up(staff):
    OfficeFactory(code="1206")
    Eligible.objects.create(office_code="1206", people=8_000)
    add(20, area="12")
    rows = staff.get(f"{PATH}where.json").json()["tables"][0]["rows"]
    assert [row["per_1000"] for row in rows if row["sign_ups"] == 20] == [2.5]


def test_a_table_comes_as_csv_and_all_as_a_workbook(staff):
    add(7)
    text = staff.get(f"{PATH}overview.csv?period=7&table=days").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0] == {
        "day": str(timezone.localdate()),
        "sign_ups": "7",
        "in_all": "7",
        "notes": "",
    }
    book = openpyxl.load_workbook(io.BytesIO(staff.get(f"{PATH}overview.xlsx").content))
    assert book.sheetnames == ["days", "hours", "channels", "renewals"]
    assert book["days"]["B4"].value == 7
    assert "since" in book["channels"]["A2"].value  # when it is kept, as the page says


@pytest.mark.parametrize(("language", "form"), [("th", "[$-1070000]"), ("en", "d mmm yyyy")])
def test_days_of_a_workbook_are_days_in_the_readers_calendar(staff, language, form):
    add(7)
    file = staff.get(f"{PATH}overview.xlsx", headers={"Accept-Language": language}).content
    day = openpyxl.load_workbook(io.BytesIO(file))["days"]["A4"]
    assert day.value.date() == timezone.localdate()
    assert day.number_format.startswith(form)


def test_data_come_with_their_definitions(staff):
    data = staff.get(f"{PATH}funnel.json").json()
    assert set(data["definitions"]) <= set(DEFINITIONS)
    assert [table["key"] for table in data["tables"]] == [
        "steps",
        "endings",
        "retakes",
        "devices",
        "browsers",
    ]


def test_the_eight_steps_are_told_from_the_opened_portal_on(staff):
    add(90, figure="arrivals", label="iphone-safari")
    for label, count in {
        "start": 50,
        "accept_terms": 40,
        "submit_selfie": 20,
        "ask_retake": 5,
    }.items():
        add(count, figure="reached", label=label)
    tables = {one["key"]: one for one in staff.get(f"{PATH}funnel.json").json()["tables"]}
    steps = tables["steps"]["rows"]
    assert [row["step"][0] for row in steps] == list("123445567")
    assert [(row["entered"], row["left"]) for row in steps[:3]] == [(90, 40), (50, 10), (40, 40)]
    assert "25.0% of those who handed in a selfie" in staff.get(f"{PATH}funnel/").text


def test_a_link_keeps_days_and_comparison(staff):
    page = staff.get(f"{PATH}where/?period=own&from=2026-01-01&to=2026-01-31&compare=1").text
    kept = "period=own&amp;from=2026-01-01&amp;to=2026-01-31&amp;compare=1"
    assert f'href="/staff/dashboard/funnel/?{kept}"' in page


def test_a_surge_of_one_office_is_pointed_out(staff):
    office, yesterday = OfficeFactory(code="1206"), timezone.localdate() - datetime.timedelta(1)
    for back in range(1, 20):
        add(4, area="1206", day=yesterday - datetime.timedelta(back))
    add(90, area="1206", day=yesterday)
    assert f"{office.name_en} had 90 sign-ups" in staff.get(PATH).text


@pytest.mark.parametrize(("count", "said"), [(300, "Far fewer"), (2_000, "Far more")])
def test_an_unusual_day_of_the_country_is_pointed_out(staff, count, said):
    yesterday = timezone.localdate() - datetime.timedelta(1)
    for back in range(1, 5):
        add(1_000, day=yesterday - datetime.timedelta(weeks=back))
    add(count, day=yesterday)
    assert f"{said} sign-ups than usual" in staff.get(PATH).text


def test_every_definition_stands_in_the_documents(staff, settings):
    text = (settings.BASE_DIR / "docs" / "statistics.md").read_text()
    assert [key for key in DEFINITIONS if f"`{key}`" not in text] == []
    page = staff.get(f"{PATH}definitions/").text
    assert [key for key in DEFINITIONS if f'id="{key}"' not in page] == []

"""Behind a bar stand finer figures of the same days; they make the bar, or say why not."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from dashboards.counting.fold import fold
from tests.dashboards.conftest import END, REVIEWED, WAY
from tests.dashboards.test_pages import PATH, add
from tests.factories import OfficeFactory, OfficerFactory
from tests.levers import administrators_client

pytestmark = pytest.mark.django_db
ENGLISH = {"headers": {"Accept-Language": "en"}}


def day(back: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=back)


def rows_behind(client, page: str, place: int, key: str = "days"):
    """The data of the page that stands behind one row of a table."""
    tables = client.get(f"{PATH}{page}", **ENGLISH).context["tables"]
    table = next(one.table for one in tables if one.table.key == key)
    address = table.rows[place].href
    return client.get(address, **ENGLISH), address


def test_the_provinces_of_a_day_make_its_bar():
    OfficeFactory(code="1206"), OfficeFactory(code="5001")
    add(7, day=day(1))
    add(4, day=day(1), area="12")
    add(3, day=day(1), area="50")
    add(9, day=day(2), area="12")
    answer, address = rows_behind(administrators_client(), "?period=7", 1)
    assert address == f"{PATH}where/?period=own&from={day(1)}&to={day(1)}"
    [table] = answer.context["tables"]
    assert sorted(row.values[1] for row in table.table.rows if row.values[1]) == [3, 4]
    assert table.table.note == ""


def test_what_no_row_has_is_said():
    OfficeFactory(code="1206")
    add(7, day=day(1))
    add(4, day=day(1), area="12")
    client = administrators_client()
    answer, address = rows_behind(client, "?period=7", 1)
    note = "3 of the 7 sign-ups of these days name no office: no row has them."
    assert answer.context["tables"][0].table.note == note
    path, _, query = address.partition("/?")
    told = client.get(f"{path}.json?{query}", **ENGLISH).json()
    assert told["tables"][0]["note"] == note
    workbook = client.get(f"{path}.xlsx?{query}", **ENGLISH).content
    assert note in openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]["A2"].value


def test_behind_a_month_stand_its_days_and_none_that_is_to_come():
    today = timezone.localdate()
    _answer, address = rows_behind(administrators_client(), "?period=all", 0)
    assert address == f"{PATH}where/?period=own&from={today.replace(day=1)}&to={today}"


def test_small_numbers_of_an_office_stay_hidden_on_the_way_down():
    for code in ("1206", "1207", "1208"):
        OfficeFactory(code=code)
    for area, count in (("", 30), ("12", 30), ("1206", 2), ("1207", 8), ("1208", 20)):
        add(count, day=day(1), area=area, label=f"of {area}")
    outsider = OfficerFactory(supervisor=True, office=OfficeFactory(code="5001"))
    client = administrators_client(outsider)
    answer, _address = rows_behind(client, "?period=7", 1)
    [table] = answer.context["tables"]
    province = next(row.href for row in table.table.rows if "province=12" in row.href)
    down = client.get(f"{PATH}where/{province}", **ENGLISH).text
    assert down.count("not shown") >= 2
    told = client.get(f"{PATH}where.json{province}").json()["tables"][0]["rows"]
    assert sorted(str(row["sign_ups"]) for row in told) == ["20", "hidden", "hidden"]


def test_waits_and_the_machines_share_lead_to_their_day():
    client = administrators_client()
    add(10, figure="waits", label="96", day=day(1))
    add(10, figure="moves", label="checking>pass_checks", day=day(1))
    for key, page in (("waits", "work"), ("machine", "funnel")):
        answer, address = rows_behind(client, "work/", 0, key)
        assert (answer.status_code, address) == (
            200, f"{PATH}{page}/?period=own&from={day(1)}&to={day(1)}"
        )  # fmt: skip


COUNTED_OF_NOBODY = {"1. Portal opened"}


def figures(client, page: str) -> dict[str, list]:
    """The rows of each table, by its key."""
    tables = client.get(f"{PATH}{page}", **ENGLISH).context["tables"]
    return {one.table.key: one.table for one in tables}


@pytest.fixture
def counted(walk) -> None:
    walk(*WAY, *END)
    walk(*REVIEWED)
    walk(*WAY[:-1], "ask_retake")
    fold()


@pytest.mark.parametrize("page", ["?period=7", "funnel/?period=7", "work/?period=7"])
def test_every_bar_leads_on(counted, page):
    client = administrators_client()
    add(10, figure="waits", label="96", day=day(1))
    tables = [table for table in figures(client, page).values() if table.chart not in {"", "weeks"}]
    rows = [row for table in tables for row in table.rows if row.values[1]]
    assert rows
    without = {row.values[0] for row in rows if not row.href}
    assert without <= COUNTED_OF_NOBODY
    for address in {row.href for row in rows if row.href.startswith("/")}:
        assert client.get(address).status_code == 200


def test_an_offices_row_leads_to_what_was_done_there(counted):
    officer = OfficerFactory(office=OfficeFactory(code="1206"))
    record(Action.CASES_EXPORTED, None, actor=Actor.officer(officer))
    client = administrators_client()
    row = figures(client, "work/?period=7&province=12")["review"].rows[0]
    found = client.get(row.href, **ENGLISH)
    assert found.context["search"].subject.pk == "1206"
    assert f"{officer.name}" in found.text


def test_who_reads_no_log_is_not_sent_there(counted):
    supervisor = OfficerFactory(supervisor=True, office=OfficeFactory(code="1206"))
    client = administrators_client(supervisor)
    for page in ("", "funnel/", "work/?province=12", "where/?province=12"):
        assert reverse("audit:list") not in client.get(f"{PATH}{page}", **ENGLISH).text

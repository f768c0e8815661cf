"""Nobody outside an office learns its small numbers: through no page, file, sum or trend."""

import csv
import datetime
import io
import itertools
import random
import re

import openpyxl
import pytest
from django.utils import timezone

from dashboards.models import Counter
from dashboards.privacy import FEWEST, Hidden, guarded, guarded_line, is_small
from offices.models import Office
from registration.states import State
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
PATH = "/staff/dashboard/"
SIGN_UPS = {"1206": 3, "1207": 9, "1208": 50, "1209": 0}


def add(count: int, *, area: str, figure: str = "signups", label: str = "self") -> None:
    Counter.objects.create(
        figure=figure, area=area, day=timezone.localdate(), label=label, count=count
    )


@pytest.fixture
def offices() -> None:
    for code, count in SIGN_UPS.items():
        OfficeFactory(code=code)
        add(count, area=code)
        add(count, area="12", label=code)
        add(count, area=code, figure="review", label="approve")
        add(count, area=code, figure="waits", label=f"{code[-1]}9")


@pytest.fixture
def central(client, signed_in, offices):
    return signed_in(client, OfficerFactory(administrator=True))


def rows(client, page: str, column: str, query: str = "") -> dict[str, object]:
    table = client.get(f"{PATH}{page}.json?province=12&{query}").json()["tables"][0]
    return {row["area"][-4:]: row[column] for row in table["rows"]}


def test_a_small_number_and_one_it_would_follow_from_are_hidden(central):
    told = {"1206": "hidden", "1207": "hidden", "1208": 50, "1209": 0}
    assert rows(central, "where", "sign_ups") == told
    assert rows(central, "work", "decided") == told
    assert rows(central, "work", "p50")["1206"] is None


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [("supervisor", "1206", 3), ("supervisor", "1207", "hidden"), ("provincial", "1207", 3)],
)
def test_those_inside_see_their_own(client, signed_in, offices, role, code, sees):
    own = OfficeFactory(code=code)
    officer = OfficerFactory(office=own, role=role)
    assert rows(signed_in(client, officer), "where", "sign_ups")["1206"] == sees


def test_files_and_page_hide_what_the_page_hides(central):
    text = central.get(f"{PATH}where.csv?province=12").content.decode("utf-8-sig")
    file = {row["area"][-4:]: row["sign_ups"] for row in csv.DictReader(io.StringIO(text))}
    book = openpyxl.load_workbook(io.BytesIO(central.get(f"{PATH}where.xlsx?province=12").content))
    sheet = {row[0].value[-4:]: row[1].value for row in book["offices"]["A4:B7"]}
    page = central.get(f"{PATH}where/?province=12").text
    cells = re.findall(r'1206</th>\s*<td class="right number" data-number="(.*?)">(.*?)<', page)
    assert (file["1206"], sheet["1206"], cells) == ("hidden", "hidden", [("", "not shown")])
    assert "stands for numbers under 5" in page


def test_the_map_tells_of_no_office(central):
    Office.objects.filter(province_code="12").update(province_en="Nonthaburi")
    page = central.get(f"{PATH}where/").text
    (country,) = re.findall(r'<svg[^>]*"map-title".*?</svg>', page, re.DOTALL)
    assert re.findall("<title>(.*?)</title>", country) == ["Nonthaburi: 62"]
    assert re.findall("1206|1207|1208", country) == []


def test_waiting_cases_are_hidden_alike(central):
    for code, count in {"1206": 2, "1207": 6, "1208": 8}.items():
        for _ in range(count):
            EnrollmentFactory(state=State.WAITING_REVIEW, office=OfficeFactory(code=code))
    told = {"1206": "hidden", "1207": "hidden", "1208": "hidden", "1209": 0}
    assert rows(central, "work", "waiting") == told


def test_the_period_before_is_hidden_alike(central):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    for figure in ("signups", "review"):
        Counter.objects.filter(figure=figure).update(day=yesterday)
    query = f"period=own&from={timezone.localdate()}&to={timezone.localdate()}&compare=1"
    for page in ("where", "work"):
        assert rows(central, page, "before", query)["1206"] == "hidden"


def test_decisions_taken_back_are_no_way_around(central):
    add(1, area="1208", figure="review", label="take_back")
    assert rows(central, "work", "overturned")["1208"] is None


def test_the_order_of_rows_gives_nothing_away(central):
    order = list(rows(central, "work", "decided"))
    assert order[0] == "1208"
    Counter.objects.filter(figure="review", area="1206").update(count=1)
    assert list(rows(central, "work", "decided")) == order


def test_a_trend_has_no_small_stretch():
    assert guarded_line([1, 4, 0, 0, 7, 3]) == [5, 0, 10]
    assert guarded_line([6, 0, 8]) == [6, 0, 8]
    assert guarded_line([1, 1, 1]) is None


def possible(hidden: list[int], *, together: int) -> list[set[int]]:
    """Which values each hidden number may have, for one who knows their sum alone."""
    everything = itertools.product(range(together + 1), repeat=len(hidden))
    fitting = [numbers for numbers in everything if sum(numbers) == together]
    return [set(values) for values in zip(*fitting, strict=True)]


def test_no_small_number_follows_from_the_sum_of_its_province():
    draw = random.Random(7)  # noqa: S311 - the same every time
    offices = [OfficeFactory(code=f"12{number:02}") for number in range(5)]
    officer = OfficerFactory(administrator=True)
    for _ in range(300):
        counts = {office: draw.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 40]) for office in offices}
        told = guarded(counts, officer=officer)
        hidden = [counts[office] for office in offices if isinstance(told[office], Hidden)]
        assert not any(is_small(count) for count in told.values())
        if hidden:
            assert len(hidden) == len(offices) or sum(hidden) >= 2 * FEWEST
            ways = possible(hidden[:3], together=min(sum(hidden), 2 * FEWEST))
            assert all(len(values) > 1 for values in ways)

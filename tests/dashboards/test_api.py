"""The figures for programs are those of the pages, documented."""

import pytest
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from dashboards.definitions import DEFINITIONS
from dashboards.filters import PAGES
from dashboards.models import Counter
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["signed_in"]
API = "/api/v1/statistics/"


@pytest.fixture
def staff(client, signed_in):
    for code, count in (("1206", 3), ("1207", 70), ("1208", 8)):
        OfficeFactory(code=code)
        for area in (code, "12"):
            Counter.objects.create(
                figure="signups", area=area, day=timezone.localdate(), label=code, count=count
            )
    return signed_in(client, OfficerFactory(administrator=True))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", ["", "period=7&compare=1", "province=12"])
def test_api_and_page_say_the_same(staff, page, query):
    told = staff.get(f"{API}{page}/?{query}").json()
    shown = staff.get(f"/staff/dashboard/{page}.json?{query}").json()
    assert (told["tables"], told["definitions"]) == (shown["tables"], shown["definitions"])
    assert (told["figures"] is None) == (page != "overview")


def test_small_numbers_are_hidden_here_too(staff):
    rows = staff.get(f"{API}where/?province=12").json()["tables"][0]["rows"]
    told = {row["area"][-4:]: row["sign_ups"] for row in rows}
    assert told == {"1206": "hidden", "1207": 70, "1208": "hidden"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("period=8", 400),
        ("period=own", 400),
        ("from=2026-01-01", 400),
        ("to=2026-01-31&compare=1", 400),
        ("from=2026-01-01&to=2026-01-31", 200),
        ("period=own&from=2026-13-01&to=2026-01-01", 400),
        ("period=own&from=2026-01-01&to=2026-01-31", 200),
        ("province=99", 404),
        ("province=x", 400),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason(staff, query, status):
    assert staff.get(f"{API}where/?{query}").status_code == status


def test_the_api_takes_as_few_queries_as_the_page(staff, django_assert_num_queries):
    with django_assert_num_queries(18):
        staff.get(f"{API}overview/")


def test_every_definition_is_told(staff):
    told = staff.get(reverse("statistics_api:definitions")).json()
    assert [one["key"] for one in told] == list(DEFINITIONS)


def test_the_schema_documents_it():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    described = schema["paths"]["/api/v1/statistics/{page}/"]["get"]
    named = {one["name"] for one in described["parameters"]}
    assert named == {"page", "period", "from", "to", "compare", "province"}
    assert described["security"] == [{"officers-session": []}]

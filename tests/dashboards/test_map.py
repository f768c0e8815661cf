"""The map shades provinces by their share of those who could sign up."""

import pytest
from django.utils import timezone

from dashboards.maps import country_map
from dashboards.models import Counter, Eligible
from dashboards.pages.where import where_tables
from dashboards.periods import Period
from tests.factories import OfficeFactory, OfficerFactory

pytestmark = pytest.mark.django_db
SIGN_UPS = {"10": 100, "12": 200, "50": 600, "90": 0}


@pytest.fixture
def table():
    today = timezone.localdate()
    names = {"10": "Bangkok", "12": "Nonthaburi", "50": "Chiang Mai", "90": "Songkhla"}
    for code, count in SIGN_UPS.items():
        OfficeFactory(code=f"{code}01", province_code=code, province_en=names[code])
        Counter.objects.create(figure="signups", area=code, day=today, label="", count=count)
    period = Period(today, today, "own")
    return lambda: where_tables(period, OfficerFactory.build(administrator=True))[0]


@pytest.mark.parametrize("rated", [True, False])
def test_each_province_has_the_shade_of_its_fifth(table, rated):
    for code in SIGN_UPS if rated else ():
        Eligible.objects.create(office_code=f"{code}01", people=10_000)
    found = country_map(table())
    assert {one.code: one.shade for one in found.outlines} == {"10": 1, "12": 2, "50": 5, "90": 0}
    assert found.rated == rated
    assert found.legend[0] == ((1, "10.00", "20.00") if rated else (1, "100", "200"))
    assert [shade for shade, _least, _most in found.legend] == [1, 2, 3, 4, 5]


def test_without_figures_there_is_no_legend(table):
    Counter.objects.all().delete()
    assert country_map(table()).legend == []

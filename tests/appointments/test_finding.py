"""An office is found by what people type, in Thai or English."""

import pytest

from appointments.services.finding import find_offices
from offices.services import load_offices

pytestmark = pytest.mark.django_db


@pytest.fixture
def _country() -> None:
    load_offices()


def found(said: str, province: str = "") -> list[str]:
    return [office.code for office in find_offices(said, province)]


@pytest.mark.usefixtures("_country")
@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("Pak Kret", "1206"),
        ("pakkret", "1206"),
        ("PAK-KRET", "1206"),
        ("pak kred", "1206"),
        ("ปากเกร็ด", "1206"),
        ("ปากเกรด", "1206"),
        ("อำเภอปากเกร็ด จังหวัดนนทบุรี", "1206"),
        ("อ.ปากเกร็ด จ.นนทบุรี", "1206"),
        ("Pak Kret District, Nonthaburi", "1206"),
        ("บางรัก", "1004"),
        ("เขตบางรัก", "1004"),
        ("สำนักทะเบียนเขตบางรัก", "1004"),
        ("Bang Rak", "1004"),
        ("bangrak bangkok", "1004"),
    ],
)
def test_the_office_meant_comes_first(said, first):
    assert found(said)[0] == first


@pytest.mark.usefixtures("_country")
def test_a_province_gives_its_offices_and_narrows_a_name():
    nonthaburi = found("นนทบุรี")
    assert {code[:2] for code in nonthaburi} == {"12"}
    assert len(nonthaburi) == len(found("", "12")) == 6
    assert set(found("เมือง", "12")) == {"1201"}
    assert len(found("เมือง")) > 70


@pytest.mark.usefixtures("_country")
@pytest.mark.parametrize(
    "said", ["", "  ", "อำเภอ", "zzzzqqqq", "'; DROP TABLE", "%", "\ud800" * 3]
)
def test_nothing_meant_finds_nothing(said):
    assert found(said) == []

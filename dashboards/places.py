"""Provinces and offices as rows of a table."""

from typing import NamedTuple

from dashboards.models import Eligible
from offices.models import Office


class Place(NamedTuple):
    """`code` has two digits for a province, four for an office; `office` is None for a province."""

    code: str
    name: str
    office: Office | None = None
    english: str = ""


def provinces() -> list[Place]:
    first_offices = Office.objects.order_by("province_code", "code").distinct("province_code")
    return [
        Place(office.province_code, office.province, english=office.province_en)
        for office in first_offices
    ]


def offices_of(province: str) -> list[Place]:
    return [
        Place(office.code, office.name, office)
        for office in Office.objects.filter(province_code=province)
    ]


def eligible_by(length: int) -> dict[str, int]:
    """How many could sign up, by the first `length` digits of the office's code."""
    found: dict[str, int] = {}
    for code, people in Eligible.objects.values_list("office_code", "people"):
        found[code[:length]] = found.get(code[:length], 0) + people
    return found

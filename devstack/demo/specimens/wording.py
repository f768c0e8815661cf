"""What the lines of a card say, in the forms that cards have."""

from core.templatetags.thai import BUDDHIST_OFFSET, MONTHS
from devstack.demo.specimens.people import Person
from identity.person import LIFELONG

OFFICERS = ("(นายตัวอย่าง  สมมุติ)", "(น.ส.สมมุติ  ตัวอย่าง)", "(นายทดลอง  ไม่มีจริง)")


def values(person: Person, *, gap: int, officer: int) -> dict[str, str]:
    """Text by names of layout.VALUES, the address whole; `gap` spaces stand before a last name."""
    first = f"{person.title_th} {person.first_name_th}"
    return {
        "number": spaced(person.number),
        "name_th": f"{first}{' ' * gap}{person.last_name_th}".strip(),
        "name_en": f"{person.title_en} {person.first_name_en}",
        "last_name_en": person.last_name_en or "-",
        "birth_th": thai_date(person.birth_date),
        "birth_en": english_date(person.birth_date),
        "religion": person.religion,
        "issue_th": thai_date(person.issue_date),
        "issue_en": english_date(person.issue_date),
        "expiry_th": thai_date(person.expiry_date),
        "expiry_en": english_date(person.expiry_date),
        "officer_name": OFFICERS[officer % len(OFFICERS)],
        "request_number": person.request_number,
    }


def spaced(number: str) -> str:
    return f"{number[0]} {number[1:5]} {number[5:10]} {number[10:12]} {number[12]}"


def thai_date(iso: str) -> str:
    """`12 ก.พ. 2524`; a part that is not known is a dash."""
    if iso == LIFELONG:
        return "ตลอดชีพ"
    return _date(iso, MONTHS["th"], offset=BUDDHIST_OFFSET)


def english_date(iso: str) -> str:
    """`12 Feb. 1981`."""
    if iso == LIFELONG:
        return "LIFELONG"
    return _date(
        iso, [month if month == "May" else f"{month}." for month in MONTHS["en"]], offset=0
    )


def _date(iso: str, months: list[str], *, offset: int) -> str:
    year, month, day = (*iso.split("-"), "", "")[:3]
    name = months[int(month) - 1] if month else "-"
    return f"{int(day) if day else '-'} {name} {int(year) + offset}"

"""People who do not exist, with everything that stands on a card."""

import calendar
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import geothai
from stdnum.th import pin

from devstack.demo.specimens import names
from identity.person import LIFELONG

TITLES = {
    ("f", True): ("น.ส.", "Miss"),
    ("f", False): ("นาง", "Mrs."),
    ("m", True): ("นาย", "Mr."),
    ("m", False): ("นาย", "Mr."),
}
CHANGED = 2012  # cards issued since then are valid for eight years, those before for six
RELIGIONS = ("พุทธ", "พุทธ", "พุทธ", "พุทธ", "อิสลาม", "คริสต์", "")
LASER_LETTERS = ("JT", "JC", "ME", "AA", "JK")


@dataclass(frozen=True)
class Person:
    """Dates are ISO text; a birth date may lack day or month, an expiry may be `lifelong`."""

    number: str
    sex: str
    title_th: str
    first_name_th: str
    last_name_th: str
    title_en: str
    first_name_en: str
    last_name_en: str
    birth_date: str
    religion: str
    address: str
    office_code: str
    issue_date: str
    expiry_date: str
    laser_code: str
    request_number: str


def make_people(count: int, *, seed: int, offices: Sequence[str] = ()) -> list[Person]:
    """`count` different people, the same for the same seed, of these offices' districts."""
    draw = random.Random(seed)  # noqa: S311 - nothing here is secret
    made: dict[str, Person] = {}
    while len(made) < count:
        person = _make(draw, sex="fm"[len(made) % 2], offices=offices)
        made.setdefault(person.number, person)
    return list(made.values())


def with_single_name(person: Person) -> Person:
    return replace(person, last_name_th="", last_name_en="")


def with_open_birthday(person: Person) -> Person:
    """Some old records know the year only."""
    return replace(person, birth_date=person.birth_date[:4])


def valid_for_life(person: Person) -> Person:
    return replace(person, expiry_date=LIFELONG)


def expired(person: Person) -> Person:
    return reissued(person, 2012)


def reissued(person: Person, year: int) -> Person:
    """The card as it were if it had been issued in another year, on the same day."""
    _, month, day = (int(part) for part in person.issue_date.split("-"))
    issued = _day(year, month, day)
    expiry = person.expiry_date
    if expiry != LIFELONG:
        known = f"{person.birth_date}-01-01"[:10]  # old records may know the year only
        expiry = _expiry(date.fromisoformat(known), issued).isoformat()
    request = f"{person.request_number[:8]}{issued:%m%d}{person.request_number[12:]}"
    return replace(person, issue_date=issued.isoformat(), expiry_date=expiry,
                   request_number=request)  # fmt: skip


def _make(draw: random.Random, *, sex: str, offices: Sequence[str]) -> Person:
    first = draw.choice(names.pairs(names.WOMEN if sex == "f" else names.MEN))
    family = draw.choice(names.pairs(names.FAMILIES))
    title = TITLES[sex, draw.random() < 0.5]  # noqa: PLR2004 - as often as not
    born = date(1945, 1, 1) + timedelta(days=draw.randrange(365 * 58))
    issued = date(2021, 1, 1) + timedelta(days=draw.randrange(365 * 4))
    office = draw.choice(offices) if offices else _any_office(draw)
    digits = f"{draw.randint(1, 8)}{office}{draw.randrange(10**7):07d}"
    return Person(
        number=digits + pin.calc_check_digit(digits),
        sex=sex,
        title_th=title[0],
        first_name_th=first[0],
        last_name_th=family[0],
        title_en=title[1],
        first_name_en=first[1],
        last_name_en=family[1],
        birth_date=born.isoformat(),
        religion=draw.choice(RELIGIONS),
        address=_address(draw, office),
        office_code=office,
        issue_date=issued.isoformat(),
        expiry_date=_expiry(born, issued).isoformat(),
        laser_code=f"{draw.choice(LASER_LETTERS)}{draw.randrange(10)}-"
        f"{draw.randrange(10**7):07d}-{draw.randrange(100):02d}",
        request_number=_request_number(draw, office, issued),
    )


def _request_number(draw: random.Random, office: str, issued: date) -> str:
    """Office, counter, then month, day, hour and minute of issue."""
    counter, minute = draw.randrange(1, 100), draw.randrange(8 * 60 + 30, 16 * 60 + 30)
    return f"{office}-{counter:02d}-{issued:%m%d}{minute // 60:02d}{minute % 60:02d}"


def _any_office(draw: random.Random) -> str:
    province = draw.choice(list(geothai.provinces()))
    return draw.choice(list(geothai.districts(province.code))).code


def _address(draw: random.Random, office: str) -> str:
    """In the district of the office, as cards abbreviate it."""
    place = draw.choice(list(geothai.subdistricts(office)))
    district, province = geothai.district(office), geothai.province(place.province_code)
    house = f"{draw.randint(1, 399)}/{draw.randint(1, 99)}"
    if district.name_th.startswith("เขต"):
        return f"{house} แขวง{place.name_th} {district.name_th} กรุงเทพมหานคร"
    village = f"หมู่ที่ {draw.randint(1, 12)}"
    return f"{house} {village} ต.{place.name_th} อ.{district.name_th} จ.{province.name_th}"


def _expiry(born: date, issued: date) -> date:
    """The eve of the first birthday after so many full years as a card is valid."""
    years = 8 if issued.year >= CHANGED else 6
    birthday = _day(issued.year + years, born.month, born.day)
    if (issued.month, issued.day) > (born.month, born.day):
        birthday = _day(birthday.year + 1, born.month, born.day)
    return birthday - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date:
    """That day, or in a year without a 29th of February the day after it."""
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, month, day)

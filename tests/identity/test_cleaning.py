"""What a citizen may confirm: as others type it, and on which day it is right."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from identity.cleaning import clean_person, refuse_expired
from tests.identity.factories import make_person, valid_number

NUMBER = valid_number("310150123456")
TYPED = make_person(NUMBER, laser_code="ME0-1234567-89").as_json()
BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 6, 1, 9, tzinfo=BANGKOK), tick=False):
        yield


def cleaned(name: str, typed: object) -> str:
    return getattr(clean_person(TYPED | {name: typed}), name)


def refused(name: str, typed: object) -> str:
    """The code of the one error there is."""
    with pytest.raises(ValidationError) as refusal:
        clean_person(TYPED | {name: typed})
    assert set(refusal.value.error_dict) == {name}
    return refusal.value.error_dict[name][0].code


def test_what_is_right_is_kept():
    assert clean_person(TYPED).as_json() == TYPED


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("number", "๓ ๑๐๑๕ ๐๑๒๓๔ ๕๖ " + "๐๑๒๓๔๕๖๗๘๙"[int(NUMBER[-1])], NUMBER),
        ("number", f"\u200f{NUMBER}\u200e", NUMBER),
        ("number", f"{NUMBER[:5]}\u00a0{NUMBER[5:]}", NUMBER),
        ("first_name_th", " คําแก้ว\u200b ", "คำแก้ว"),
        ("first_name_th", "เเก้วตา", "แก้วตา"),
        ("first_name_th", "ประสิทธ\u0e4c\u0e34", "ประสิทธิ์"),
        ("last_name_th", "ณ\u00a0อยุธยา", "ณ อยุธยา"),
        ("last_name_th", "-", ""),
        ("last_name_th", "–", ""),
        ("last_name_th", None, ""),
        ("last_name_en", "-", ""),
        ("last_name_en", "", ""),
        ("title_th", "ว่าที่ ร.ต.หญิง", "ว่าที่ ร.ต.หญิง"),
        ("title_th", "พลฯ", "พลฯ"),
        ("title_th", "น.ส.", "น.ส."),
        ("first_name_en", "Malee (Ann)", "Malee (Ann)"),
        ("first_name_en", "Jose\u0301", "Jose"),
        ("last_name_en", "Muñoz", "Munoz"),
        ("last_name_en", "O’Brien–Smith, Jr.", "O'Brien-Smith, Jr."),
        ("last_name_en", "\u202eJaidee\x00", "Jaidee"),
        ("birth_date", "๑๙๘๑-๐๒-๑๒", "1981-02-12"),
        ("birth_date", "1952", "1952"),
        ("birth_date", "1952-03", "1952-03"),
        ("birth_date", "2012-02-29", "2012-02-29"),
        ("birth_date", "1981‐02‐12", "1981-02-12"),
        ("expiry_date", "lifelong", "lifelong"),
        ("expiry_date", "2026-06-01", "2026-06-01"),
        ("laser_code", "me0 1234567 89", "ME0-1234567-89"),
        ("laser_code", "ME0123456789", "ME0-1234567-89"),
        ("laser_code", "ME๐–๑๒๓๔๕๖๗–๘๙", "ME0-1234567-89"),
        ("address", "๑/๒  หมู่ ๓\nต.บางกระสอ", "1/2 หมู่ 3 ต.บางกระสอ"),
    ],
)
def test_what_others_type_is_kept_in_one_form(name, typed, kept):
    assert cleaned(name, typed) == kept
    assert cleaned(name, kept) == kept


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("number", NUMBER[:-1], "wrong_number"),
        ("number", NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10), "wrong_number"),
        ("number", "", "wrong_number"),
        *[("first_name_th", nothing, "required") for nothing in ("", " ", "-", "\u200b", None)],
        *[("first_name_en", nothing, "required") for nothing in ("", "-", "¨", "\u00a0\x00")],
        ("address", "\u200f", "required"),
        ("title_en", "", "required"),
        ("first_name_th", "Malee", "not_thai"),
        ("first_name_th", "มาลี7", "not_thai"),
        ("first_name_th", "มาลี<script>", "not_thai"),
        ("title_th", "Miss", "not_thai"),
        ("first_name_en", "มาลี", "not_english"),
        ("first_name_en", "Мalee", "not_english"),  # the first letter is Cyrillic
        ("last_name_en", "Jaidee2", "not_english"),
        ("last_name_th", "ก" * 81, "too_long"),
        ("title_en", "M" * 41, "too_long"),
        ("address", "1" * 201, "too_long"),
        *[("birth_date", day, "bad_date") for day in ("", "12/02/1981", "1981-2-12", "81", "x")],
        *[("birth_date", day, "bad_date") for day in ("2099-01-01", "2524-02-12", "1895-01-01")],
        *[("birth_date", day, "bad_date") for day in ("2011-02-29", "2010-02-31", "1952-13")],
        *[("birth_date", day, "bad_date") for day in ("0000", "١٩٨١-٠٢-١٢", "19810212", "-")],
        ("birth_date", "2026-06-01", "too_young"),
        *[("expiry_date", day, "bad_date") for day in ("", "2031", "20310211", "2031-W07-2")],
        *[("expiry_date", day, "bad_date") for day in ("2031-02-29", "Lifelong", "never")],
        ("expiry_date", "2026-05-31", "card_expired"),
        ("expiry_date", "2018-02-11", "card_expired"),
        *[("laser_code", code, "bad_laser_code") for code in ("", "M", "ME012345678", "12")],
        ("laser_code", "ME٠١٢٣٤٥٦٧٨٩", "bad_laser_code"),
        ("laser_code", "ME０１２３４５６７８９", "bad_laser_code"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(name, typed, code):
    assert refused(name, typed) == code


def test_every_wrong_field_is_told_at_once():
    with pytest.raises(ValidationError) as refusal:
        clean_person({})
    assert set(refusal.value.error_dict) == set(TYPED) - {"last_name_th", "last_name_en"}


@pytest.mark.parametrize(
    ("born", "today", "old_enough"),
    [
        ("2019-06-01", "2026-05-31", False),
        ("2019-06-01", "2026-06-01", True),
        ("2020-02-29", "2027-02-28", False),
        ("2020-02-29", "2027-03-01", True),
        ("2019-06", "2026-05-31", False),
        ("2019-06", "2026-06-01", True),
        ("2019", "2025-12-31", False),
        ("2019", "2026-01-01", True),
    ],
)
@pytest.mark.parametrize("hour", [0, 6, 23])
def test_one_is_seven_on_the_very_birthday_in_bangkok(born, today, old_enough, hour):
    day = datetime.date.fromisoformat(today)
    moment = datetime.datetime.combine(day, datetime.time(hour), tzinfo=BANGKOK)
    with time_machine.travel(moment, tick=False):
        if old_enough:
            assert cleaned("birth_date", born) == born
        else:
            assert refused("birth_date", born) == "too_young"


@pytest.mark.parametrize("born", ["1895-06-01", "1896-06-01", "1895-06-02"])
def test_nobody_is_older_than_130(born):
    if born == "1895-06-01":
        assert refused("birth_date", born) == "bad_date"
    else:
        assert cleaned("birth_date", born) == born


@pytest.mark.parametrize(
    ("moment", "expired"),
    [
        (datetime.datetime(2026, 6, 1, 23, 59, tzinfo=BANGKOK), False),
        (datetime.datetime(2026, 6, 2, 0, 0, tzinfo=BANGKOK), True),
    ],
)
def test_a_card_is_in_force_until_the_end_of_its_last_day(moment, expired):
    with time_machine.travel(moment, tick=False):
        if not expired:
            refuse_expired("2026-06-01")
            return
        with pytest.raises(ValidationError, match="has expired"):
            refuse_expired("2026-06-01")

"""What is made of the text that was read, without any picture."""

import pytest
from stdnum.th import pin

from devstack.demo.specimens.people import make_people
from verification.cards.address import address_field
from verification.cards.fields import (
    DOUBTFUL,
    PUT_RIGHT,
    SURE,
    Field,
    english_date,
    english_name,
    laser_field,
    number_field,
    religion_field,
    thai_date,
    thai_name,
)
from verification.cards.languages import begins_alike, cross_checked
from verification.cards.ocr import Text
from verification.cards.spelling import tidy

NUMBER = "120601234567" + pin.calc_check_digit("120601234567")


def read(text, confidence=0.9):
    return Text(text, confidence)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 ก.พ. 2524", "1981-02-12"),
        ("12 กุพ. 2524", "1981-02-12"),
        ("1 มี.ค. 2540 |", "1997-03-01"),
        ("- มี.ค. 2495", "1952-03"),
        ("- - 2495", "1952"),
        ("ตลอดชีพ", "lifelong"),
        ("45 ก.พ. 2524", ""),
        ("", ""),
    ],
)
def test_thai_dates_become_iso(text, date):
    assert thai_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (") 12 Feb. 1981", "1981-02-12"),
        ("30ct. 2030", "2030-10-03"),
        ("16 May 1985 |", "1985-05-16"),
        ("- Mar. 1952", "1952-03"),
        ("- - 1952", "1952"),
        ("LIFELONG", "lifelong"),
        ("12 Feb.", ""),
    ],
)
def test_english_dates_become_iso(text, date):
    assert english_date(text) == date


def test_the_check_digit_decides_on_the_number():
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    assert number_field(read(NUMBER, 0.3)) == Field(NUMBER, 0.9)
    assert number_field(read(wrong, 0.99)) == Field(wrong, DOUBTFUL)
    assert number_field(read(NUMBER[:-1], 0.99)).confidence == DOUBTFUL


@pytest.mark.parametrize(
    ("text", "value"),
    [("MEO0-2345678-90", "ME0-2345678-90"), ("AAT-2345678-90", "AA7-2345678-90")],
)
def test_a_laser_code_that_had_to_be_put_right_is_doubtful(text, value):
    assert laser_field(read(text)) == Field(value, DOUBTFUL)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("นาย สมชาย ใจดี", ("นาย", "สมชาย", "ใจดี")),
        ("น.สี. นภา ณ นคร", ("น.ส.", "นภา", "ณ นคร")),
        ("กน.ส.นภา ใจดี", ("น.ส.", "นภา", "ใจดี")),
        ("พ.ต.อ. มานะ ใจดี", ("พ.ต.อ.", "มานะ", "ใจดี")),
        ("นาง สมหญิง", ("นาง", "สมหญิง", "")),
        ("น.อ. มานะ ใจดี ร.น.", ("น.อ.", "มานะ", "ใจดี")),
        ("นาวาอากาศเอก มานะ ใจดี", ("นาวาอากาศเอก", "มานะ", "ใจดี")),
        ("พล.ร.อ. เอกชัย ใจดี", ("พล.ร.อ.", "เอกชัย", "ใจดี")),
        ("ร.ต.หญิง วิภา ใจดี", ("ร.ต.หญิง", "วิภา", "ใจดี")),
        ("ว่าที่ พ.ท. มานะ ใจดี", ("ว่าที่ พ.ท.", "มานะ", "ใจดี")),
        ("ว่าที่ร้อยตรีมานะ ใจดี", ("ว่าที่ร้อยตรี", "มานะ", "ใจดี")),
        ("พลฯ มานะ ใจดี", ("พลฯ", "มานะ", "ใจดี")),
        ("พล.ต.ม.ร.ว. มานะ ใจดี", ("พล.ต.ม.ร.ว.", "มานะ", "ใจดี")),
        ("มานะ ใจดี", ("", "มานะ", "ใจดี")),
    ],
)
def test_a_thai_name_is_parted(text, parts):
    assert tuple(field.value for field in thai_name(read(text)).values()) == parts


@pytest.mark.parametrize(
    ("text", "title", "first"),
    [
        ("Mr. Somchai", "Mr.", "Somchai"),
        ("Mis Malee", "Miss", "Malee"),
        ("Lt. Mana", "Lt.", "Mana"),
        ("Major Mana", "Major", "Mana"),
        ("Maj. Mana", "Maj.", "Mana"),
        ("Pol.Sen.Sgt.Maj. Mana", "Pol.Sen.Sgt.Maj.", "Mana"),
        ("Pol. Lt. Col. Mana", "Pol. Lt. Col.", "Mana"),
        ("Acting Sub Lt. Mana Jr", "Acting Sub Lt.", "Mana Jr"),
        ("Mana", "", "Mana"),
    ],
)
def test_an_english_title_is_a_rank_or_the_usual_one_that_comes_closest(text, title, first):
    names = english_name(read(text), read("Chaidee"))
    assert (names["title_en"].value, names["first_name_en"].value) == (title, first)
    assert names["title_en"].confidence == (0.9 if title else DOUBTFUL)


def test_titles_that_mean_the_same_are_sure():
    names = thai_name(read("นาง มาลี ใจดี", 0.8))
    names |= english_name(read("Mrs Malee", 0.8), read("Chaidee", 0.8))
    checked = cross_checked(names)
    assert (checked["title_th"], checked["title_en"]) == (Field("นาง", SURE), Field("Mrs.", SURE))
    assert checked["last_name_th"] == Field("ใจดี", 0.8)


def test_a_last_name_in_one_language_alone_is_doubtful():
    names = thai_name(read("นาง มาลีใจดี"))
    names |= english_name(read("Mrs. Malee"), read("Chaidee"))
    assert cross_checked(names)["first_name_th"] == Field("มาลีใจดี", DOUBTFUL)


def test_a_name_that_cannot_begin_so_in_the_other_language_is_doubtful():
    names = thai_name(read("นาย มานะ ลิ้มแย้ม"))
    names |= english_name(read("Mr. Mana"), read("Yimyaem"))
    checked = cross_checked(names)
    assert checked["last_name_th"] == Field("ลิ้มแย้ม", DOUBTFUL)
    assert checked["last_name_en"] == Field("Yimyaem", DOUBTFUL)
    assert checked["first_name_th"] == Field("มานะ", 0.9)


def test_every_made_up_name_begins_alike_in_both_languages():
    given = [(one.first_name_th, one.first_name_en) for one in make_people(300, seed=3)]
    family = [(one.last_name_th, one.last_name_en) for one in make_people(300, seed=3)]
    assert [pair for pair in given + family if not begins_alike(*pair)] == []


def test_a_dash_for_the_last_name_means_there_is_none():
    assert english_name(read("Mr. Somchai"), read("-"))["last_name_en"] == Field("", SURE)


def test_religion_is_one_of_the_usual_or_doubtful():
    assert religion_field(read("พุทธ"), labelled=True) == Field("พุทธ", SURE)
    assert religion_field(read("(พุทธ์"), labelled=True) == Field("พุทธ", PUT_RIGHT)
    assert religion_field(read("นครปฐม"), labelled=True) == Field("นครปฐม", DOUBTFUL)


@pytest.mark.parametrize(
    ("first", "second", "value", "confidence"),
    [
        (
            "12/3 หมู่ที่ 4 ต.ศาลายา",
            "อ.พุทธมณฑล จ.นครปฐม",
            "12/3 หมู่ที่ 4 ต.ศาลายา อ.พุทธมณฑล จ.นครปฐม",
            0.9,
        ),
        (
            "12 /3 หม่ที่4 ต.ศาลายา",
            "อ.พทธมณฑล จ.นครปฐบ",
            "12/3 หมู่ที่ 4 ต.ศาลายา อ.พุทธมณฑล จ.นครปฐม",
            0.8,
        ),
        (
            "9 แขวงศิริราช",
            "เขตบางกอกน้ อย กรุงเทพมหานคร",
            "9 แขวงศิริราช เขตบางกอกน้อย กรุงเทพมหานคร",
            0.9,
        ),
        (
            "ที่อยู่ 12/3 ต.ศาลายา",
            "อ.พุทธมณฑล อ.นครปฐม",
            "12/3 ต.ศาลายา อ.พุทธมณฑล จ.นครปฐม",
            0.9,
        ),
        ("9 ถนนใหญ่", "ไม่มีอำเภอ", "9 ถนนใหญ่ ไม่มีอำเภอ", DOUBTFUL),
    ],
)
def test_an_address_is_put_right_by_official_names(first, second, value, confidence):
    assert address_field(read(first), read(second)) == Field(value, confidence)


@pytest.mark.parametrize(
    ("text", "written"),
    [("ทองคํา", "ทองคำ"), ("โป่งน้้าร้อน", "โป่งน้ำร้อน"), ("จ.ุระยอง", "จ.ระยอง"), ("เเก้ว", "แก้ว")],
)
def test_what_thai_never_writes_is_put_right(text, written):
    assert tidy(text) == written

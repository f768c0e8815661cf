"""The table of fields, and when two values of a field are the same."""

import unicodedata
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from identity.person import FIELDS, NOBODY, Person, comparable, differing
from tests.identity.factories import make_person

# where the issued value comes from, first word first: Register, Card, Officer; never a form
ROWS = """
number         card register binds issued  RCO
title_th       card register -     issued  RCO
first_name_th  card register -     issued  RCO
last_name_th   card register -     issued  RCO
title_en       card register -     issued  RCO
first_name_en  card register -     issued  RCO
last_name_en   card register -     issued  RCO
birth_date     card register -     issued  RCO
address        card -        -     issued  CO
expiry_date    card -        -     issued  CO
laser_code     card register -     -       RCO
"""


def test_the_table_says_where_each_field_stands():
    rows = [
        [
            name,
            *("card" if field.on_card else "-", "register" if field.in_register else "-"),
            *("binds" if field.binds else "-", "issued" if field.issued else "-"),
            "".join(source.name[0] for source in field.sources),
        ]
        for name, field in FIELDS.items()
    ]
    assert rows == [row.split() for row in ROWS.strip().splitlines()]
    assert [field.name for field in fields(Person)] == list(FIELDS)


def test_a_person_is_frozen_and_comes_back_from_json():
    person = make_person("1234567890121", last_name_en="")
    with pytest.raises(FrozenInstanceError):
        person.number = "2"
    assert Person.from_json(person.as_json() | {"religion": "พุทธ", "laser_code": None}) == person
    assert "last_name_en" not in person.as_json()
    assert Person.from_json({}) == NOBODY


def test_the_full_names_leave_out_what_is_not_there():
    person = make_person("1", last_name_th="", title_en="")
    assert person.full_names == {"th": "นางสาว มาลี", "en": "Malee Jaidee"}


SAME = [
    ("first_name_th", "คําแก้ว", "คำแก้ว"),
    ("first_name_th", "เเก้ว", "แก้ว"),
    ("first_name_th", "พันธ์ุ", "พันธุ์"),
    ("last_name_th", "-", ""),
    ("last_name_th", "—", ""),
    ("last_name_th", " \u200b", ""),
    ("last_name_th", "--", ""),
    ("last_name_en", ".", ""),
    ("first_name_en", "Malee (Noi)", "Malee"),
    ("laser_code", "ME๐-๑๒๓๔๕๖๗-๘๙", "ME0123456789"),
    ("last_name_en", "\u2013", "-"),
    ("last_name_en", "O’BRIEN", "O'Brien"),
    ("last_name_en", "Mun\u0303oz", "MUNOZ"),
    ("first_name_en", "Malee\u00a0 Ann", "MALEE ANN"),
    ("title_th", "น.ส.", "นางสาว"),
    ("title_en", "Ms.", "Miss"),
    ("number", "๓-๑๐๑๕-๐๑๒๓๔-๕๖-๗", "3101501234567"),
    ("number", "3 1015 01234 56 7", "3101501234567"),
    ("birth_date", "๒๕๒๔-๐๒-๑๒", "2524-02-12"),
    ("expiry_date", "LIFELONG", "lifelong"),
    ("laser_code", "me0 1234567 89", "ME0-1234567-89"),
    ("address", "1 หมู่ ๒  ต.บางกระสอ", "1 หมู่ 2 ต. บางกระสอ"),
]
OTHER = [
    ("first_name_th", "มาลี", "มาลิ"),
    ("first_name_th", "กา", "ก่า"),
    ("first_name_th", "เกา", "แกา"),
    ("first_name_th", "มา ลี", "มาลี"),
    ("last_name_th", "-", "ใจดี"),
    ("last_name_en", "Jai-dee", "Jaidee"),
    ("last_name_en", "O'Brien", "OBrien"),
    ("title_th", "นาง", "นางสาว"),
    ("title_en", "Mr.", "Mrs."),
    ("title_en", "Miss", "King of Siam"),
    ("birth_date", "1952", "1952-03"),
    ("expiry_date", "2031-02-11", "lifelong"),
    ("laser_code", "ME0-1234567-89", "ME0-1234567-88"),
    ("address", "1/2 ต.บางกระสอ", "12 ต.บางกระสอ"),
    ("address", "1-2 ต.บางกระสอ", "12 ต.บางกระสอ"),
    ("number", "3101501234567", "3101501234576"),
]


@pytest.mark.parametrize(("name", "one", "other"), SAME)
def test_typing_does_not_count(name, one, other):
    assert comparable(name, one) == comparable(name, other)
    assert differing(Person(**{name: one}), Person(**{name: other}), tuple(FIELDS)) == ()


@pytest.mark.parametrize(("name", "one", "other"), OTHER)
def test_letters_count(name, one, other):
    assert comparable(name, one) != comparable(name, other)
    assert differing(Person(**{name: one}), Person(**{name: other}), tuple(FIELDS)) == (name,)


def test_only_the_named_fields_are_compared():
    one = make_person("1")
    assert differing(one, replace(one, address="", title_en="Mrs."), ("number", "address")) == (
        "address",
    )
    assert comparable("address", None) == comparable("address", "") == ""


# A syllable: a vowel in front, a consonant, one above or below, a tone, one behind.
syllables = st.tuples(
    st.sampled_from(["", "", "เ", "แ", "โ", "ใ"]),
    st.sampled_from("กขคงจชดตทนบปพมยรลวสหอ"),
    st.sampled_from(["", "", "\u0e31", "\u0e34", "\u0e35", "\u0e38", "\u0e39", "\u0e47"]),
    st.sampled_from(["", "", "\u0e48", "\u0e49", "\u0e4c"]),
    st.sampled_from(["", "", "า", "ะ", "ำ"]),
)
thai_names = st.lists(syllables, min_size=1, max_size=3)
english_names = st.from_regex(r"[A-Z][a-z]{0,3}([ '-][A-Z][a-z]{0,2})?", fullmatch=True)


def written(name: list[tuple[str, ...]]) -> str:
    return "".join("".join(syllable) for syllable in name)


def mistyped(name: list[tuple[str, ...]]) -> str:
    """As badly as it goes: the tone first, sara am and sara ae in two, and a hidden character."""
    parts = []
    for front, consonant, vowel, tone, behind in name:
        parts += [front.replace("แ", "เเ"), consonant, tone, vowel, behind.replace("ำ", "\u0e4dา")]
    return unicodedata.normalize("NFD", "\u200b".join(parts)) + "\u00a0"


@given(name=thai_names)
def test_a_thai_name_is_itself_however_it_is_typed(name):
    assert comparable("first_name_th", mistyped(name)) == comparable("first_name_th", written(name))


@given(one=thai_names, other=thai_names)
def test_two_thai_names_never_become_one(one, other):
    assume(written(one) != written(other))
    assert comparable("last_name_th", written(one)) != comparable("last_name_th", written(other))
    assert comparable("last_name_th", mistyped(one)) != comparable("last_name_th", mistyped(other))


@given(name=thai_names, place=st.integers(0, 2), mark=st.sampled_from("กา\u0e48\u0e35เ"))
def test_a_letter_more_is_another_thai_name(name, place, mark):
    longer = written(name[:place]) + mark + written(name[place:])
    assume(unicodedata.normalize("NFC", longer) != written(name))
    assert comparable("first_name_th", longer) != comparable("first_name_th", written(name))


@given(one=english_names, other=english_names)
def test_two_english_names_never_become_one(one, other):
    same = one.casefold() == other.casefold()
    assert (comparable("last_name_en", one) == comparable("last_name_en", other)) == same


@given(name=english_names, accent=st.sampled_from("\u0301\u0303\u0308\u200b\u00ad"))
def test_an_english_name_is_itself_with_accents_and_other_signs(name, accent):
    other = accent.join(name.upper().replace("'", "’").replace("-", "–"))
    assert comparable("first_name_en", other) == comparable("first_name_en", name)

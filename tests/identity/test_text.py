"""Texts as other people's keyboards, scanners, registers and copied web pages write them."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from identity.text import latin, tidy

TIDIED = [
    # sara am as two characters: without a tone, and the tone before, within and behind it
    ("คําแก้ว", "คำแก้ว"),
    ("น\u0e49\u0e4d\u0e32", "น้ำ"),
    ("น\u0e4d\u0e49\u0e32", "น้ำ"),
    ("น\u0e33\u0e49", "น้ำ"),
    ("ส\u0e4d\u0e32อาง", "สำอาง"),
    # sara e twice is sara ae
    ("เเก้ว", "แก้ว"),
    ("เเเก", "แเก"),
    # a tone, or the mark of a silent letter, before the vowel above or below
    ("ก\u0e48\u0e34", "กิ่"),
    ("ปร\u0e30ส\u0e34ทธ\u0e4c\u0e34", "ประสิทธิ์"),
    ("พ\u0e31นธ\u0e4c\u0e38", "พันธุ์"),
    ("ป\u0e49\u0e39", "ปู้"),
    ("ก\u0e32\u0e48", "ก่า"),
    # what nobody sees
    ("มา\u200bลี", "มาลี"),
    ("\ufeffมาลี\u200d", "มาลี"),
    ("มา\u00adลี", "มาลี"),
    ("\u200fMalee\u200e", "Malee"),
    ("\u202eMalee\u202c", "Malee"),
    ("Ma\x00lee\x00", "Malee"),
    ("Ma\x1blee\ue000\ud800", "Malee"),
    # spaces of every kind, as many as there are
    ("มาลี\u00a0ใจดี", "มาลี ใจดี"),
    ("\u2003Malee \t\r\n Jaidee\u3000", "Malee Jaidee"),
    ("Malee \u200b Jaidee", "Malee Jaidee"),
    # digits and signs
    ("๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๓", "1 2345 67890 12 3"),
    ("O\u2019Brien", "O'Brien"),
    ("O\u2018Brien", "O'Brien"),
    ("O\u02bcBrien", "O'Brien"),
    ("O`Brien O\u00b4Brien", "O'Brien O'Brien"),
    ("Anne\u2013Marie", "Anne-Marie"),
    ("Anne\u2011Marie", "Anne-Marie"),
    ("\u2014", "-"),
    # one form of each letter
    ("Jose\u0301", "José"),
    ("Nin\u0303o", "Niño"),
    # and nothing to do
    ("", ""),
    ("ฤทธิ์ ณ อยุธยา", "ฤทธิ์ ณ อยุธยา"),
    ("O'Brien-Smith (Jr.)", "O'Brien-Smith (Jr.)"),
]


@pytest.mark.parametrize(("given_as", "expected"), TIDIED)
def test_a_text_is_written_in_one_way(given_as, expected):
    assert tidy(given_as) == expected
    assert tidy(unicodedata.normalize("NFD", given_as)) == expected


@pytest.mark.parametrize(
    ("given_as", "expected"),
    [
        *[("Muñoz", "Munoz"), ("Mun\u0303oz", "Munoz"), ("André", "Andre"), ("ÅSE", "ASE")],
        *[("Ｍａｌｅｅ", "Malee"), ("Nguyễn", "Nguyen"), ("Zoë", "Zoe"), ("François", "Francois")],
        *[("O＇Brien", "O'Brien"), ("Anne－Marie", "Anne-Marie"), ("ŉ", "'n")],
        *[("¨", ""), ("Malee ¨", "Malee"), ("มาลี", "มาลี")],
    ],
)
def test_english_letters_lose_their_accents_and_nothing_else(given_as, expected):
    assert latin(given_as) == expected


THAI_MARKS = (
    "กขทธนพ\u0e30\u0e31\u0e32\u0e33\u0e34\u0e35\u0e38\u0e39\u0e3aเแ\u0e47\u0e48\u0e49\u0e4c\u0e4d"
)
FOREIGN_MARKS = "\u0301\u0316\u064b\u0bcd"  # of four classes that NFC puts in order
texts = st.text() | st.text(st.sampled_from(THAI_MARKS + FOREIGN_MARKS + " -'\u200b"), max_size=9)


@example(text="\u0e48\u0e31\u064b\u0e34")
@given(text=texts)
def test_what_is_tidy_stays_as_it_is(text):
    assert tidy(tidy(text)) == tidy(text)
    assert latin(latin(text)) == latin(text)


@given(text=texts)
def test_the_form_a_text_comes_in_does_not_count(text):
    forms = {tidy(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert forms == {tidy(text)}


@given(text=texts, hidden=st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x00\xad"))
def test_what_nobody_sees_does_not_count_wherever_it_stands(text, hidden):
    assert tidy(hidden.join(["", *text, ""])) == tidy(text)

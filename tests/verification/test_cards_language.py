"""Thai as it is written, and two languages that tell of one name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.cards.fields import DOUBTFUL, SURE, Field
from verification.cards.languages import begins_alike, cross_checked
from verification.cards.spelling import tidy

LETTERS = st.text("กขนเแาำํัิู่้๊ก็ |?A1.", max_size=14)
TRUST = st.floats(0, 1)
NAMES = ("title_th", "first_name_th", "last_name_th", "title_en", "first_name_en", "last_name_en")
# The official romanisation (Royal Institute, 1999) of every consonant that begins a syllable.
ROMANISED = {
    "k": "ก", "kh": "ขฃคฅฆ", "ng": "ง", "ch": "จฉชฌ", "s": "ซศษส", "y": "ญย", "d": "ฎด", "t": "ฏต",
    "th": "ฐฑฒถทธ", "n": "ณน", "b": "บ", "p": "ป", "ph": "ผพภ", "f": "ฝฟ", "m": "ม", "r": "ร",
    "l": "ลฬ", "w": "ว", "h": "หฮ",
}  # fmt: skip


@given(LETTERS)
def test_tidy_thai_has_nothing_that_no_card_has_and_stays_as_it_is(text):
    tidied = tidy(text)
    assert not re.search("เเ|[|?]|  |^ | $", tidied)
    assert not re.search("(^|[^ก-ฮัิู็่้๊ํ])[ัิู็่้๊ํ]", tidied)  # a mark without a consonant
    assert not re.search("([ัิู็่้๊ํ])\\1", tidied)
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("  ก   ข ", "ก ข"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),  # ring, tone, aa
        ("เ|เก้ว", "แก้ว"),  # noise between the halves of a vowel
        ("กี่่", "กี่"),
        ("\u0e48นา", "นา"),
        ("บ้านเลขที่ 12/3 (ซอย)", "บ้านเลขที่ 12/3 (ซอย)"),
        ("Mr. Ann-Mary", "Mr. Ann-Mary"),
        ("ก\u200bข\n", "กข"),
    ],
)
def test_a_reading_is_written_as_thai_is(text, written):
    assert tidy(text) == written


@pytest.mark.parametrize(("latin", "consonants"), ROMANISED.items(), ids=ROMANISED)
def test_every_consonant_may_begin_as_it_is_officially_romanised(latin, consonants):
    words = [form.format(one) for one in consonants for form in ("{}า", "เ{}", "ไ{}")]
    assert words
    assert [word for word in words if not begins_alike(word, f"{latin}a".title())] == []


@pytest.mark.parametrize(
    ("thai", "english", "alike"),
    [
        ("อยู่ดี", "Yudee", True),  # อ is silent before ย
        ("เอก", "Ek", True),
        ("หมวย", "Muay", True),  # ห is silent before ม
        ("จิต", "jit", True),  # as people write it, in a small letter
        ("ก", "M", False),
        ("แม้น", "Saen", False),
        ("อ้วน", "Kuan", False),
        ("บุญ", "Charoen", False),
    ],
)
def test_names_begin_alike_when_their_first_sounds_can_be_one(thai, english, alike):
    assert begins_alike(thai, english) is alike


@given(st.text("กขเแอยหง", max_size=5), st.text("AKMY", max_size=5))
def test_where_a_name_is_missing_nothing_is_said(thai, english):
    assert begins_alike(thai, "")
    assert begins_alike("", english)


def card(trust: list[float], **values: str) -> dict[str, Field]:
    known = {
        "title_th": "นาย", "first_name_th": "มานะ", "last_name_th": "ใจดี",
        "title_en": "Mr.", "first_name_en": "Mana", "last_name_en": "Chaidee",
    } | values  # fmt: skip
    return {name: Field(known[name], one) for name, one in zip(NAMES, trust, strict=True)}


SIX = st.lists(TRUST, min_size=6, max_size=6)
TITLES = st.sampled_from(["นาย", "นาง", "ด.ช.", "พ.ต.อ.", "", "Mr.", "Miss", "Master"])
OTHERS = st.sampled_from(["มานะ", "บุญ", "", "Mana", "Boon"])


@given(SIX, st.tuples(TITLES, TITLES), st.tuples(OTHERS, OTHERS, OTHERS))
def test_no_name_becomes_another_or_surer_by_the_other_language(trust, titles, names):
    values = dict(zip(("first_name_th", "last_name_th", "last_name_en"), names, strict=True))
    before = card(trust, title_th=titles[0], title_en=titles[1], **values)
    after = cross_checked(before)
    assert {name: one.value for name, one in after.items()} == {
        name: one.value for name, one in before.items()
    }
    for name in NAMES:
        surest = SURE if name.startswith("title") else before[name].confidence
        assert after[name].confidence <= max(surest, before[name].confidence)


@pytest.mark.parametrize(
    ("changes", "doubted"),
    [
        ({}, set()),
        ({"last_name_th": "", "last_name_en": ""}, set()),  # a single name
        ({"last_name_en": ""}, {"first_name_th", "last_name_th", "last_name_en"}),
        ({"last_name_th": ""}, {"first_name_th", "last_name_th", "last_name_en"}),
        ({"first_name_en": "Boon"}, {"first_name_th", "first_name_en"}),
        ({"last_name_en": "Wongsa"}, {"last_name_th", "last_name_en"}),
    ],
)
def test_what_the_languages_do_not_agree_on_is_doubtful_and_nothing_else(changes, doubted):
    checked = cross_checked(card([0.9] * 6, **changes))
    assert {name for name, one in checked.items() if one.confidence <= DOUBTFUL} == doubted


@pytest.mark.parametrize(("thai", "english"), [("นาย", "Mrs."), ("", ""), ("พ.ต.อ.", "Mr.")])
def test_titles_that_do_not_mean_the_same_become_no_surer(thai, english):
    checked = cross_checked(card([0.5] * 6, title_th=thai, title_en=english))
    assert checked["title_th"].confidence == checked["title_en"].confidence == 0.5

"""How data of one person change, by Thai law and habit, and how they do not."""

from dataclasses import replace

import pytest

from identity.changes import Doubt, doubts, rewritten
from tests.identity.factories import make_person

SHE = make_person("1100000000017")
HE = replace(
    SHE,
    title_th="นาย",
    title_en="Mr.",
    first_name_th="สมชาย",
    first_name_en="Somchai",
    birth_date="1952",
)

PLAUSIBLE = {
    "nothing": (SHE, {}),
    "a marriage": (SHE, {"title_th": "นาง", "title_en": "Mrs.", "last_name_th": "รักไทย",
                         "last_name_en": "Rakthai"}),
    "another first name": (SHE, {"first_name_th": "วิภา", "first_name_en": "Wipha"}),
    "a name, and the other in another spelling": (
        replace(SHE, last_name_th="คําเเก้ว"),
        {"title_th": "นาง", "first_name_th": "วิภา", "last_name_th": "คำแก้ว"}),
    "a name where a dash stood for the other": (
        replace(SHE, last_name_th="-"), {"first_name_th": "วิภา", "last_name_th": ""}),
    "a birth date put right": (SHE, {"birth_date": "1981-02-21"}),
    "a birth date put right over New Year": (SHE, {"birth_date": "1980-12-31"}),
    "an open birth date completed, and a marriage": (
        HE, {"birth_date": "1952-03-09", "last_name_th": "รักไทย", "last_name_en": "Rakthai"}),
    "a promotion": (HE, {"title_th": "ร.ต.", "title_en": "Sub Lt."}),
    "a promotion in the navy": (replace(HE, title_th="น.อ. ร.น."), {"title_th": "พล.ร.ต."}),
    "a noble woman's title put right": (SHE, {"title_th": "ม.ล.", "title_en": "M.L."}),
    "a woman's promotion": (SHE, {"title_th": "ร.ต.หญิง", "title_en": "Sub Lt."}),
    "a boy grown up": (replace(HE, title_th="ด.ช.", title_en="Master"),
                       {"title_th": "นาย", "title_en": "Mr."}),
    "a monk": (HE, {"title_th": "พระ", "title_en": "Phra"}),
    "another spelling in English": (SHE, {"first_name_en": "Malie", "last_name_en": "Chaidee"}),
    "English where there was none": (replace(SHE, last_name_en=""), {"last_name_en": "Rakthai"}),
    "English that is left out": (SHE, {"last_name_en": "", "first_name_en": ""}),
    "a title as it was wrong before": (replace(SHE, title_en="Mr."), {"last_name_th": "รักไทย"}),
    "another way of writing": (SHE, {"title_th": "น.ส.", "first_name_en": "MALEE"}),
}  # fmt: skip

DOUBTED = {
    "years": (SHE, {"birth_date": "1979-02-12"}, {Doubt.BORN_FAR_APART}),
    "the Buddhist year": (SHE, {"birth_date": "2524-02-12"}, {Doubt.BORN_FAR_APART}),
    "an open year": (HE, {"birth_date": "1954"}, {Doubt.BORN_FAR_APART}),
    "birth date and last name": (
        SHE, {"birth_date": "1981-02-13", "last_name_th": "รักไทย"}, {Doubt.BORN_AND_NAMED}),
    "birth date and first name": (
        SHE, {"birth_date": "1980-02-12", "first_name_th": "วิภา"}, {Doubt.BORN_AND_NAMED}),
    "both names": (
        SHE, {"first_name_th": "วิภา", "first_name_en": "Wipha", "last_name_th": "รักไทย",
              "last_name_en": "Rakthai"}, {Doubt.BOTH_NAMES}),
    "both names in Thai alone": (
        SHE, {"first_name_th": "วิภา", "last_name_th": "รักไทย"}, {Doubt.BOTH_NAMES}),
    "both names and the title of the married": (
        SHE, {"title_th": "นาง", "first_name_th": "วิภา", "last_name_th": "รักไทย"},
        {Doubt.BOTH_NAMES}),
    "both names, an open birth date completed": (
        HE, {"birth_date": "1952-03-09", "first_name_th": "มานะ", "last_name_th": "รักไทย"},
        {Doubt.BOTH_NAMES}),
    "a Thai title": (SHE, {"title_th": "นาย"}, {Doubt.SEX}),
    "an English title": (SHE, {"title_en": "Mr."}, {Doubt.SEX}),
    "a rank": (SHE, {"title_th": "ร.ต."}, {Doubt.SEX}),
    "a man": (HE, {"title_th": "นาง", "title_en": "Mrs."}, {Doubt.SEX}),
    "an English first name": (SHE, {"first_name_en": "Somchai"}, {Doubt.ENGLISH}),
    "an English last name": (SHE, {"last_name_en": "Worawut"}, {Doubt.ENGLISH}),
    "an English name beside the other in Thai": (
        SHE, {"first_name_th": "วิภา", "last_name_en": "Worawut"}, {Doubt.ENGLISH}),
    "somebody else": (
        SHE, {name: getattr(HE, name) for name, _ in HE} | {"birth_date": "1952-03-09"},
        {Doubt.BORN_FAR_APART, Doubt.BORN_AND_NAMED, Doubt.SEX}),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLAUSIBLE)
def test_what_happens_to_people_is_not_doubted(kind):
    before, changes = PLAUSIBLE[kind]
    assert doubts(before, replace(before, **changes)) == ()


@pytest.mark.parametrize("kind", DOUBTED)
def test_what_does_not_is_held(kind):
    before, changes, expected = DOUBTED[kind]
    assert set(doubts(before, replace(before, **changes))) == expected


def test_only_what_the_register_says_otherwise_is_rewritten():
    after = replace(SHE, number="", address="", title_th="น.ส.", last_name_th="รักไทย", title_en="")
    assert rewritten(SHE, after) == {"last_name_th": "รักไทย"}

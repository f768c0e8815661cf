"""Dates that stand on a card twice, and the rules that tie them together."""

import pytest

from verification.cards.dates import Said, settled
from verification.cards.fields import DOUBTFUL, LIFELONG, SURE, Field

BORN, ISSUED, EXPIRES = "1981-08-17", "2019-04-04", "2027-08-16"
REQUEST = "0018-04-04040957"


def read(birth=(BORN,) * 2, issue=(ISSUED,) * 2, expiry=(EXPIRES,) * 2, request=REQUEST):
    lines = {"birth": birth, "issue": issue, "expiry": expiry}
    said = {name: tuple(Said(*one) if isinstance(one, tuple) else Said(one, 1.0) for one in both)
            for name, both in lines.items()}  # fmt: skip
    found = settled(said, request)
    return {name.removesuffix("_date"): field for name, field in found.items()}


def test_dates_that_both_languages_say_and_rules_allow_are_sure():
    assert read() == {
        "birth": Field(BORN, SURE), "issue": Field(ISSUED, SURE), "expiry": Field(EXPIRES, SURE)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name", "value"),
    [
        ({"birth": ("1981-08-11", BORN)}, "birth", BORN),
        ({"birth": (BORN, "1981-03-17")}, "birth", BORN),
        ({"birth": ("", BORN)}, "birth", BORN),
        ({"expiry": ("2027-08-18", EXPIRES)}, "expiry", EXPIRES),
        ({"expiry": (EXPIRES, "2021-08-16")}, "expiry", EXPIRES),
        ({"issue": ("2019-04-01", ISSUED)}, "issue", ISSUED),
        ({"issue": (ISSUED, "2019-01-04")}, "issue", ISSUED),
    ],
)
def test_where_the_languages_disagree_the_rules_decide(lines, name, value):
    assert read(**lines)[name] == Field(value, SURE)


@pytest.mark.parametrize("likely", [0.2, 0.7])
def test_without_a_rule_the_likelier_reading_is_taken_and_doubted(likely):
    torn = read(birth=(("1952-03-02", likely), ("1952-03", 0.5)), issue=("", ""), request="")
    value = "1952-03-02" if likely > 0.5 else "1952-03"
    assert torn["birth"] == Field(value, DOUBTFUL)


def test_without_a_rule_a_disagreement_stays_a_doubt():
    torn = read(birth=("1981-08-11", "1981-08-12"), issue=("", ""), request="")
    assert torn["birth"].confidence == DOUBTFUL
    assert torn["issue"] == Field("", 0.0)


@pytest.mark.parametrize(
    ("birth", "issue", "expiry"),
    [
        (BORN, "2009-04-04", "2015-08-16"),  # six years, before 2012
        ("2000-02-29", ISSUED, "2028-02-28"),  # born on a leap day
        ("2000-02-29", "2018-04-04", "2027-02-28"),  # which 2027 has not
        (BORN, "2019-08-17", "2027-08-16"),  # issued on the birthday
        ("1990-01-01", ISSUED, "2027-12-31"),  # the eve is in the year before
        (BORN, ISSUED, LIFELONG),
        ("1952", ISSUED, EXPIRES),  # no birthday known
    ],
)
def test_cards_that_keep_the_rules_are_sure(birth, issue, expiry):
    found = read((birth,) * 2, (issue,) * 2, (expiry,) * 2, request="")
    assert {one.confidence for one in found.values()} == {SURE}


@pytest.mark.parametrize(
    ("lines", "doubted"),
    [
        ({"expiry": ("2037-08-16",) * 2}, {"issue", "expiry"}),  # ten years more
        ({"expiry": ("2027-08-17",) * 2}, {"issue", "expiry"}),  # the birthday itself
        ({"birth": ("1981-08-18",) * 2}, {"issue", "expiry"}),
        ({"request": "0018-04-04050957"}, {"issue"}),
        ({"request": "unreadable"}, set()),
    ],
)
def test_an_altered_date_breaks_a_rule_and_is_doubtful(lines, doubted):
    found = read(**lines)
    assert {name for name, one in found.items() if one.confidence <= DOUBTFUL} == doubted

"""What is claimed of a card, field by field, and what verification makes of it."""

import dataclasses

import pytest

from identity.numbers import laser_key
from identity.person import NOBODY, Person
from population.register import NOT_FOUND, RegisterAnswer
from registration.claims import claims_of, current_thresholds, shadowed_checks, shadowed_signs
from verification.binding import Claim, Tie, data_finding, tie
from verification.capture import Sign
from verification.cards.fields import Field
from verification.findings import Check, Outcome
from verification.reading import Reading

# Digits of one kind, so that the number is nobody's.
CARD = Person(
    number="1111111111119",
    title_th="นางสาว",
    first_name_th="สมหญิง",
    last_name_th="ใจดี",
    title_en="Miss",
    first_name_en="Somying",
    last_name_en="Jaidee",
    birth_date="1990-05-04",
    address="1 ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่",
    expiry_date="2035-05-03",
    laser_code="JT9-1234567-89",
)
SURE = current_thresholds().field_confidence
ROW = dataclasses.replace(CARD, address="", expiry_date="", laser_code="")
REGISTER = RegisterAnswer(found=True, alive=True, person=ROW, laser_key=laser_key(CARD.laser_code))


def read(confidence: float = 1.0, **but: tuple[str, float]) -> Reading:
    """The card as read with this confidence, `but` for some fields."""
    fields = {name: Field(value, confidence) for name, value in CARD}
    return Reading(fields | {name: Field(*one) for name, one in but.items()})


def claim(name: str, reading: Reading, *, confirmed=CARD, answer=REGISTER) -> Claim:
    return next(one for one in claims_of(reading, confirmed, answer) if one.name == name)


def test_every_field_of_a_card_is_claimed_once_and_only_the_number_binds():
    claims = claims_of(read(), CARD, REGISTER)
    assert [one.name for one in claims] == [name for name, _ in CARD]
    assert [one.name for one in claims if one.binds] == ["number"]


@pytest.mark.parametrize(
    ("name", "as_read", "confirmed"),
    [
        ("title_th", "น.ส.", "นางสาว"),
        ("first_name_en", "SOMYING", "Somying"),
        ("last_name_th", "-", ""),
        ("number", "1 1111 11111 11 9", "1111111111119"),
        ("laser_code", "JT9123456789", "jt9-1234567-89"),
        ("address", "1 ต. สุเทพ อ. เมืองเชียงใหม่ จ. เชียงใหม่", CARD.address),
    ],
)
def test_two_ways_to_write_the_same_are_no_contradiction(name, as_read, confirmed):
    person = dataclasses.replace(CARD, **{name: confirmed})
    made = claim(name, read(**{name: (as_read, SURE)}), confirmed=person)
    assert [made.read == made.confirmed, tie(made, sure=SURE)] == [True, Tie.SURE]


@pytest.mark.parametrize(
    ("name", "as_read", "confidence", "expected"),
    [
        ("first_name_th", CARD.first_name_th, SURE, Tie.SURE),
        ("first_name_th", "สมชาย", SURE, Tie.CONTRADICTED),
        ("first_name_th", CARD.first_name_th, SURE - 0.01, Tie.VOUCHED),
        ("first_name_th", "สมชาย", SURE - 0.01, Tie.UNREAD),
        ("first_name_th", "", 0.0, Tie.UNREAD),
        ("number", CARD.number, SURE - 0.01, Tie.UNREAD),  # by it the register was asked
        ("address", CARD.address, SURE - 0.01, Tie.UNREAD),  # the register holds none
        ("expiry_date", CARD.expiry_date, SURE - 0.01, Tie.UNREAD),
        ("laser_code", CARD.laser_code, SURE - 0.01, Tie.VOUCHED),
        ("laser_code", "JT9-1234567-80", SURE - 0.01, Tie.UNREAD),
        ("laser_code", "JT9-1234567-80", SURE, Tie.CONTRADICTED),
    ],
)
def test_a_field_is_tied_by_a_sure_reading_or_by_the_register(name, as_read, confidence, expected):
    assert tie(claim(name, read(**{name: (as_read, confidence)})), sure=SURE) == expected


def test_a_field_missing_in_the_reading_is_empty_and_not_believed():
    made = claim("birth_date", Reading())
    assert [made.read, made.confidence, made.confirmed] == ["", 0.0, "1990-05-04"]


def test_what_was_typed_and_the_register_agree_on_proves_nothing():
    made = claim("last_name_th", read(last_name_th=("", 0.0)))
    assert [made.registered == made.confirmed, tie(made, sure=SURE)] == [True, Tie.UNREAD]


@pytest.mark.parametrize("answer", [NOT_FOUND, RegisterAnswer(found=True, person=NOBODY)])
def test_a_register_that_knows_nothing_vouches_for_nothing(answer):
    claims = claims_of(read(SURE - 0.01), CARD, answer)
    vouched = [one.name for one in claims if tie(one, sure=SURE) == Tie.VOUCHED]
    assert vouched == []


def test_no_last_name_in_the_register_is_an_answer_as_well():
    nameless = dataclasses.replace(CARD, last_name_th="", last_name_en="")
    answer = dataclasses.replace(REGISTER, person=nameless)
    made = claim("last_name_th", read(), confirmed=nameless, answer=answer)
    assert made.registered == ""
    assert claim("first_name_th", read(), answer=RegisterAnswer(found=True)).registered is None


def test_the_finding_names_the_fields_that_are_not_tied_by_kind():
    reading = read(number=("", 0.0), first_name_en=("Somchai", SURE), title_en=("Mrs", 0.1))
    finding = data_finding(claims_of(reading, CARD, REGISTER), sure=SURE)
    expected = {"contradicted": ["first_name_en"], "unread": ["number", "title_en"]}
    assert [finding.outcome, finding.details] == [Outcome.FAILED, expected]
    tied = data_finding(claims_of(read(SURE), CARD, NOT_FOUND), sure=SURE)
    assert tied.outcome == Outcome.PASSED


def test_no_setting_lets_pictures_pass_that_nobody_vouches_for(settings):
    settings.SHADOWED_CHECKS = {"solid", "capture"}
    assert shadowed_checks() == {Check.SOLID}


def test_no_setting_excuses_a_file_or_a_program_that_says_its_name(settings):
    settings.SHADOWED_SIGNS = {"file", "virtual_camera", "unknown_app", "nameless_camera"}
    assert shadowed_signs() == {Sign.NAMELESS_CAMERA}


def test_the_thresholds_in_force_are_those_that_were_set(settings):
    settings.MACHINE_THRESHOLDS = settings.MACHINE_THRESHOLDS | {"field_confidence": 0.9}
    assert current_thresholds().field_confidence == 0.9

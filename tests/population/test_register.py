"""What a citizen confirmed against the population register."""

import pytest

from identity.numbers import laser_key
from identity.person import Person
from population.register import RegisterAnswer, ask_register, registered_person
from tests.identity.factories import LASER_CODE, PopulationRecordFactory, make_person, valid_number

pytestmark = pytest.mark.django_db
NUMBER = valid_number("110000000001")


def confirmed(**changes: str) -> Person:
    return make_person(NUMBER, **{"laser_code": LASER_CODE} | changes)


def test_a_person_as_in_the_register_agrees():
    PopulationRecordFactory(number=NUMBER)
    answer = ask_register(confirmed())
    assert answer == RegisterAnswer(
        found=True,
        alive=True,
        office_code="1206",
        person=make_person(NUMBER),
        laser_key=laser_key(LASER_CODE),
    )
    assert answer.agrees


def test_nobody_under_this_number_does_not_agree():
    answer = ask_register(confirmed())
    assert (answer, answer.agrees) == (RegisterAnswer(found=False), False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title_th", "นาย"),
        ("first_name_th", "มาลา"),
        ("last_name_th", "ใจดีมาก"),
        ("first_name_en", "Mali"),
        ("last_name_en", ""),
        ("birth_date", "1981-02-13"),
        ("birth_date", "1981"),
        ("laser_code", "ME0123456780"),
    ],
)
def test_each_difference_is_named(field, value):
    PopulationRecordFactory(number=NUMBER)
    answer = ask_register(confirmed(**{field: value}))
    assert (answer.differing, answer.agrees) == ((field,), False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name_en", "  MALEE "),
        ("last_name_en", "jaidee"),
        ("first_name_th", " มาลี"),
        ("laser_code", "me0-1234567-89"),
    ],
)
def test_typing_is_no_difference(field, value):
    PopulationRecordFactory(number=NUMBER)
    assert ask_register(confirmed(**{field: value})).agrees


def test_a_register_without_laser_codes_does_not_ask_for_them():
    PopulationRecordFactory(number=NUMBER, without_laser_code=True)
    assert ask_register(confirmed(laser_code="AA0000000000")).agrees


def test_the_deceased_do_not_register():
    PopulationRecordFactory(number=NUMBER, deceased=True)
    answer = ask_register(confirmed())
    assert (answer.found, answer.alive, answer.agrees) == (True, False, False)


def test_an_officer_sees_what_the_register_holds():
    row = PopulationRecordFactory(number=NUMBER)
    assert registered_person(row.number_key).person == make_person(NUMBER)
    row.delete()
    assert registered_person(row.number_key) == RegisterAnswer(found=False)

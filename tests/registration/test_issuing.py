"""On whose word each attribute of a digital ID stands: never on the form's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from identity.numbers import number_key
from identity.person import Person, Source
from registration.errors import Conflict
from registration.models import Decision, Enrollment
from registration.services.issuing import attest
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import (
    PopulationRecordFactory,
    make_person,
    surely_read,
    valid_number,
)
from verification.cards.fields import Field
from verification.reading import Reading

pytestmark = pytest.mark.django_db

NUMBER = valid_number("310150123456")
CARD = make_person(NUMBER, laser_code="ME0-1234567-89")
OF_REGISTER = (
    "number title_th first_name_th last_name_th title_en first_name_en last_name_en birth_date"
).split()
OF_CARD = ["address", "expiry_date"]
SURE = 0.9  # as dopa_portal/settings/policy.py has it


@pytest.fixture
def registered():
    return PopulationRecordFactory(number=NUMBER, person=registered_as())


def registered_as(**changes: str) -> Person:
    """The register holds neither address nor expiry."""
    return replace(CARD, address="", expiry_date="", laser_code="", **changes)


def confirmed(*, read: Reading | None = None, **typed: str) -> Enrollment:
    """An enrollment whose form says what `typed` says, and whose card was surely read."""
    enrollment = EnrollmentFactory.build(office=None, number_key=number_key(NUMBER))
    enrollment.confirmed = replace(CARD, **typed)
    enrollment.reading = read or surely_read(CARD)
    enrollment.save(force_insert=True)
    return enrollment


def reading(name: str, value: str, confidence: float) -> Reading:
    return Reading(surely_read(CARD).fields | {name: Field(value, confidence)})


def approve(enrollment: Enrollment, **details: object) -> None:
    known = {"enrollment": enrollment, "officer": OfficerFactory(), "move": "approve"}
    Decision.objects.create(**known | details)


def refusal(enrollment: Enrollment) -> str:
    with pytest.raises(Conflict) as refused:
        attest(enrollment)
    return refused.value.code


def test_the_register_speaks_first_and_the_card_for_the_rest(registered):
    attested = attest(confirmed())
    assert attested.sources == {Source.REGISTER: OF_REGISTER, Source.CARD: OF_CARD}
    assert attested.person == replace(CARD, laser_code="")


def test_without_the_register_the_card_speaks_where_it_was_surely_read():
    attested = attest(confirmed())
    assert attested.sources == {Source.CARD: OF_REGISTER + OF_CARD}
    assert attested.person == replace(CARD, laser_code="")


@pytest.mark.parametrize("name", OF_REGISTER[1:])
def test_the_registers_word_wins_over_what_was_typed(name, registered):
    typed = {"title_en": "King of Siam", "birth_date": "1901-01-01"}.get(name, "ปลอม")
    attested = attest(confirmed(**{name: typed}))
    assert getattr(attested.person, name) == getattr(CARD, name)
    assert name in attested.sources[Source.REGISTER]


def test_no_last_name_is_the_registers_word_as_well():
    single = replace(registered_as(), last_name_th="", last_name_en="")
    PopulationRecordFactory(number=NUMBER, person=single)
    attested = attest(confirmed(last_name_th="ปลอม"))
    assert attested.person.last_name_th == ""
    assert "last_name_th" in attested.sources[Source.REGISTER]


def test_a_last_name_missing_in_one_language_alone_is_the_cards():
    PopulationRecordFactory(number=NUMBER, person=replace(registered_as(), last_name_en=""))
    assert "last_name_en" in attest(confirmed()).sources[Source.CARD]


def test_what_the_register_does_not_hold_is_the_cards():
    PopulationRecordFactory(number=NUMBER, person=replace(registered_as(), title_en=""))
    assert attest(confirmed()).sources[Source.CARD] == ["title_en", *OF_CARD]
    assert refusal(confirmed(title_en="King of Siam")) == "unattested"


FORGED = [
    ("address", "99 ถ.สุขุมวิท กรุงเทพมหานคร"),
    ("expiry_date", "2039-02-11"),
    ("expiry_date", "lifelong"),
]
OF_THE_FORM = [*FORGED, ("title_en", "King of Siam"), ("title_th", "หม่อม"), ("birth_date", "1901")]


@pytest.mark.parametrize(("name", "typed"), FORGED)
def test_what_differs_from_a_sure_reading_is_not_issued(name, typed, registered):
    assert refusal(confirmed(**{name: typed})) == "unattested"


@pytest.mark.parametrize(("name", "typed"), OF_THE_FORM)
def test_nor_is_it_for_somebody_the_register_does_not_know(name, typed):
    assert refusal(confirmed(**{name: typed})) == "unattested"


@pytest.mark.parametrize(("name", "typed"), OF_THE_FORM)
@pytest.mark.parametrize("confidence", [0.0, 0.5, SURE - 0.001])
def test_a_reading_with_doubt_that_is_the_same_is_nobodys_word(name, typed, confidence):
    doubted = confirmed(**{name: typed}, read=reading(name, typed, confidence))
    assert refusal(doubted) == "unattested"


def test_a_reading_is_sure_from_the_threshold_on(registered):
    card = attest(confirmed(read=reading("address", CARD.address, SURE))).sources[Source.CARD]
    assert card == OF_CARD


def test_a_sure_reading_counts_however_it_is_typed():
    attested = attest(confirmed(title_th="น.ส.", first_name_en="MALEE"))
    assert attested.sources == {Source.CARD: OF_REGISTER + OF_CARD}


def test_no_reading_at_all_attests_nothing():
    enrollment = confirmed()
    enrollment.reading = None
    assert refusal(enrollment) == "unattested"
    assert refusal(confirmed(read=Reading())) == "unattested"


@pytest.mark.parametrize(("name", "typed"), FORGED)
def test_an_officer_who_approved_vouches_for_what_nobody_else_says(name, typed, registered):
    enrollment = confirmed(**{name: typed}, read=reading(name, "", 0.0))
    approve(enrollment)
    attested = attest(enrollment)
    assert attested.sources[Source.OFFICER] == [name]
    assert getattr(attested.person, name) == typed


def test_an_officers_word_is_asked_last(registered):
    enrollment = confirmed(title_en="King of Siam")
    approve(enrollment)
    attested = attest(enrollment)
    assert attested.sources == {Source.REGISTER: OF_REGISTER, Source.CARD: OF_CARD}
    assert attested.person.title_en == "Miss"


@pytest.mark.parametrize(
    "details", [{"undone_at": timezone.now()}, {"move": "reject"}, {"move": "pass_to_second"}]
)
def test_a_word_taken_back_or_another_word_is_none(details, registered):
    enrollment = confirmed(address="99 ถ.สุขุมวิท")
    approve(enrollment, **details)
    approve(confirmed())  # of another enrollment
    assert refusal(enrollment) == "unattested"


@pytest.mark.parametrize("approved", [False, True])
def test_somebody_who_has_died_gets_none(approved):
    PopulationRecordFactory(number=NUMBER, person=registered_as(), deceased=True)
    enrollment = confirmed()
    if approved:
        approve(enrollment)
    assert refusal(enrollment) == "not_in_register"


@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize(("days", "code"), [(-1, "card_expired"), (-3000, "card_expired"), (0, "")])
def test_an_expired_card_gives_none(days, code, approved, registered):
    last = (timezone.localdate() + timedelta(days=days)).isoformat()
    enrollment = confirmed(expiry_date=last, read=reading("expiry_date", last, 0.99))
    if approved:
        approve(enrollment)
    if code:
        assert refusal(enrollment) == code
    else:
        assert attest(enrollment).person.expiry_date == last


def test_lifelong_is_issued_where_the_card_says_so(registered):
    enrollment = confirmed(expiry_date="lifelong", read=reading("expiry_date", "lifelong", 0.99))
    attested = attest(enrollment)
    assert (attested.person.expiry_date, attested.sources[Source.CARD]) == ("lifelong", OF_CARD)

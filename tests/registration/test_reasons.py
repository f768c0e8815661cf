"""The reasons a portal begins with: a running one gets what it lacks, and keeps what it has."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from registration.models import DecisionReason
from registration.reasons import REASONS, add_missing_reasons

pytestmark = pytest.mark.django_db
CODES = {code for _, code, _, _ in REASONS}


def rows() -> list[dict]:
    return list(DecisionReason.objects.order_by("code").values())


def reason(code: str) -> DecisionReason:
    return DecisionReason.objects.get(code=code)


def test_a_new_portal_has_them_all_in_the_order_in_which_they_are_written():
    for move in ("reject", "ask_retake"):
        codes = DecisionReason.objects.filter(move=move).values_list("code", flat=True)
        assert list(codes) == [code for of, code, _, _ in REASONS if of == move]


def test_each_is_a_sentence_in_both_languages_that_stands_for_what_the_machine_says():
    for one in DecisionReason.objects.filter(code__in=CODES):
        one.full_clean()
        assert [one.stands_for, one.active] == [one.code, True]
        assert [one.text_en.isascii(), one.text_th.isascii()] == [True, False]


@pytest.mark.parametrize("missing", sorted(CODES))
def test_a_running_portal_that_lacks_one_gets_just_that_one(missing):
    before = rows()
    DecisionReason.objects.filter(code=missing).delete()
    add_missing_reasons()
    assert rows() == before


def test_what_administrators_changed_stays_as_they_left_it():
    changed = {"active": False, "text_en": "Other words.", "position": 7, "stands_for": "other"}
    DecisionReason.objects.filter(code="not_genuine").update(**changed)
    DecisionReason.objects.create(
        code="own", move="reject", stands_for="other", text_th="ของเรา", text_en="Our own."
    )
    before = rows()
    add_missing_reasons()
    assert rows() == before


def test_every_migration_of_the_tables_adds_what_is_missing():
    DecisionReason.objects.filter(code="challenge").delete()
    call_command("migrate", verbosity=0)
    assert reason("challenge").stands_for == "challenge"


@pytest.mark.parametrize(
    ("move", "stands_for"), [("reject", "card_unclear"), ("ask_retake", "not_genuine")]
)
def test_a_reason_for_the_one_decision_is_none_for_the_other(move, stands_for):
    one = DecisionReason(code="x", move=move, stands_for=stands_for, text_th="ก", text_en="a")
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    assert list(refused.value.error_dict) == ["stands_for"]

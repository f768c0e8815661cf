"""The citizen's password: what is taken, and what guessing costs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from identity.models import DigitalID
from identity.passwords import (
    FREE_TRIES,
    PasswordRefused,
    check_strength,
    hash_password,
    try_password,
    verify_password,
)
from tests.identity.factories import PASSWORD, DigitalIDFactory, valid_number

NUMBER = valid_number("310150123456")


@pytest.mark.parametrize(
    "password", ["ฝนตกที่ทะเล", "correct horse", "a" * 5 + "bcd", "🌧🌊🏝️🎏 🐘🥭🛶🌾", "x7!Qp2-k" * 16]
)
def test_long_and_varied_is_enough(password):
    assert check_strength(password, number=NUMBER, birth_date="1981-02-12") is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short-7", "password_length"),
        ("ab1!" * 33, "password_length"),
        ("aaaaaaaa", "password_too_easy"),
        ("12345678", "password_too_easy"),
        ("Password1", "password_too_easy"),
        (NUMBER, "password_on_card"),
        (f"my {NUMBER}!", "password_on_card"),
        (f"id-{NUMBER[5:]}", "password_on_card"),
        ("malee12021981", "password_on_card"),
        ("malee-12-02-2524", "password_on_card"),
        ("19810212 malee", "password_on_card"),
    ],
)
def test_what_is_short_easy_or_on_the_card_is_refused(password, code):
    with pytest.raises(ValidationError) as refusal:
        check_strength(password, number=NUMBER, birth_date="1981-02-12")
    assert refusal.value.code == code


@pytest.mark.parametrize("birth_date", ["", "1952", "1952-03"])
def test_a_birth_date_left_open_refuses_nothing_more(birth_date):
    assert check_strength("malee-03-1952!", number=NUMBER, birth_date=birth_date) is None


def test_only_a_slow_salted_hash_is_kept():
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one != other
    assert one.startswith("$argon2id$")
    assert [verify_password(one, PASSWORD), verify_password(one, "another")] == [True, False]
    assert not verify_password("", PASSWORD)


@pytest.mark.django_db
def test_a_right_password_clears_the_count():
    digital_id = DigitalIDFactory(failed_attempts=3)
    try_password(digital_id, PASSWORD)
    digital_id.refresh_from_db()
    assert (digital_id.failed_attempts, digital_id.locked_until) == (0, None)


@pytest.mark.django_db
def test_after_five_wrong_tries_even_the_right_one_has_to_wait():
    digital_id = DigitalIDFactory()
    for _ in range(FREE_TRIES):
        with pytest.raises(PasswordRefused, match="not right"):
            try_password(digital_id, "wrong-password")
    with pytest.raises(PasswordRefused, match="wait"):
        try_password(digital_id, PASSWORD)
    DigitalID.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    try_password(digital_id, PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize(("tries", "minutes"), [(4, 1), (5, 2), (9, 32), (200, 24 * 60)])
def test_the_pause_doubles_up_to_a_day(tries, minutes):
    digital_id = DigitalIDFactory(failed_attempts=tries)
    with pytest.raises(PasswordRefused):
        try_password(digital_id, "wrong-password")
    digital_id.refresh_from_db()
    pause = digital_id.locked_until - timezone.now()
    assert pause == pytest.approx(timedelta(minutes=minutes), abs=timedelta(seconds=10))


@pytest.fixture
def committed(transactional_db) -> DigitalID:
    """A digital ID that other connections see."""
    return DigitalIDFactory()


@pytest.mark.django_db
def test_each_try_is_in_the_log():
    digital_id = DigitalIDFactory()
    with pytest.raises(PasswordRefused):
        try_password(digital_id, "wrong-password")
    try_password(digital_id, PASSWORD)
    DigitalID.objects.update(locked_until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(PasswordRefused):
        try_password(digital_id, PASSWORD)
    entries = Entry.objects.about(digital_id).order_by("at", "id")
    assert list(entries.values_list("action", "details")) == [
        (Action.DIGITAL_ID_UNLOCK_FAILED, {"paused": False}),
        (Action.DIGITAL_ID_UNLOCKED, {}),
        (Action.DIGITAL_ID_UNLOCK_FAILED, {"paused": True}),
    ]


def test_guessing_in_parallel_gives_no_more_tries(committed):
    def guess(number: int) -> str:
        try:
            try_password(committed, f"wrong-{number}")
        except PasswordRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "open"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(12)))
    wrong, wait = sorted({*answers}, key=answers.count)
    assert (answers.count(wrong), answers.count(wait)) == (FREE_TRIES, 12 - FREE_TRIES)

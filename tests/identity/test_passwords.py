"""The citizen's password: what is taken, and what guessing costs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from core.guard.models import Tries
from core.guard.tries import Origin
from identity.models import DigitalID
from identity.passwords import (
    FREE_TRIES,
    FREE_TRIES_ANYWHERE,
    PasswordRefused,
    check_strength,
    hash_password,
    try_password,
    verify_password,
)
from tests.identity.factories import PASSWORD, DigitalIDFactory, valid_number

NUMBER = valid_number("310150123456")


@pytest.mark.parametrize(
    "password", ["ฝนตกที่ทะเล", "correct horse", "🌧🌊🏝️🎏 🐘🥭🛶🌾", "x7!Qp2-k" * 16]
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
        ("Lek-120281", "password_on_card"),
        ("Lek-120224", "password_on_card"),
        ("malee 81/02/12", "password_on_card"),
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


HERE, ELSEWHERE = Origin("address:here"), Origin("address:elsewhere")
OWN_PHONE = Origin("device:own", known=True)


def guess(digital_id: DigitalID, times: int = 1, *, origin: Origin = HERE) -> str:
    """What the last of some wrong tries is told."""
    for _ in range(times):
        with pytest.raises(PasswordRefused) as refusal:
            try_password(digital_id, "wrong-password", origin=origin)
    return str(refusal.value)


@pytest.mark.django_db
def test_a_right_password_clears_the_count_of_its_origin():
    digital_id = DigitalIDFactory()
    guess(digital_id, 3)
    guess(digital_id, 2, origin=ELSEWHERE)
    try_password(digital_id, PASSWORD, origin=HERE)
    assert sorted(Tries.objects.values_list("tries", flat=True)) == [2, 5]


@pytest.mark.django_db
def test_after_five_wrong_tries_even_the_right_one_has_to_wait():
    digital_id = DigitalIDFactory()
    assert "not right" in guess(digital_id, FREE_TRIES)
    with pytest.raises(PasswordRefused, match="wait"):
        try_password(digital_id, PASSWORD, origin=HERE)
    Tries.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert try_password(digital_id, PASSWORD, origin=HERE) is None


@pytest.mark.django_db
def test_guesses_elsewhere_keep_nobody_out_who_tries_from_another_address():
    digital_id = DigitalIDFactory()
    guess(digital_id, FREE_TRIES + 1, origin=ELSEWHERE)
    assert try_password(digital_id, PASSWORD, origin=HERE) is None


@pytest.mark.django_db
def test_guesses_from_a_thousand_addresses_end_and_the_own_phone_still_opens():
    digital_id = DigitalIDFactory()
    guess(digital_id)
    Tries.objects.update(tries=FREE_TRIES_ANYWHERE - 2)
    told = [guess(digital_id, origin=Origin(f"address:{one}")) for one in range(4)]
    assert [("wait" in one) for one in told] == [False, False, True, True]
    assert "wait" in guess(digital_id, origin=HERE)
    assert try_password(digital_id, PASSWORD, origin=OWN_PHONE) is None


@pytest.mark.django_db
def test_a_phone_that_was_stolen_has_few_tries_as_well():
    assert "wait" in guess(DigitalIDFactory(), FREE_TRIES + 1, origin=OWN_PHONE)


@pytest.mark.django_db
@pytest.mark.parametrize(("tries", "minutes"), [(4, 1), (5, 2), (9, 32), (200, 24 * 60)])
def test_the_pause_doubles_up_to_a_day(tries, minutes):
    digital_id = DigitalIDFactory()
    guess(digital_id, origin=OWN_PHONE)
    Tries.objects.update(tries=tries)
    guess(digital_id, origin=OWN_PHONE)
    pause = Tries.objects.get().locked_until - timezone.now()
    assert pause == pytest.approx(timedelta(minutes=minutes), abs=timedelta(seconds=10))


@pytest.fixture
def committed(transactional_db) -> DigitalID:
    """A digital ID that other connections see."""
    return DigitalIDFactory()


@pytest.mark.django_db
def test_each_try_is_in_the_log():
    digital_id = DigitalIDFactory()
    guess(digital_id)
    try_password(digital_id, PASSWORD, origin=HERE)
    Tries.objects.update(locked_until=timezone.now() + timedelta(minutes=1))
    with pytest.raises(PasswordRefused):
        try_password(digital_id, PASSWORD, origin=HERE)
    entries = Entry.objects.about(digital_id).order_by("at", "id")
    assert list(entries.values_list("action", "details")) == [
        (Action.DIGITAL_ID_UNLOCK_FAILED, {"paused": False}),
        (Action.DIGITAL_ID_UNLOCKED, {}),
        (Action.DIGITAL_ID_UNLOCK_FAILED, {"paused": True}),
    ]


def test_guessing_in_parallel_gives_no_more_tries(committed):
    def guess(number: int) -> str:
        try:
            try_password(committed, f"wrong-{number}", origin=HERE)
        except PasswordRefused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "open"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(12)))
    wrong, wait = sorted({*answers}, key=answers.count)
    assert (answers.count(wrong), answers.count(wait)) == (FREE_TRIES, 12 - FREE_TRIES)

"""PINs that are soon guessed, and those that are not."""

import pytest

from core.easy_pins import is_easy_pin

BORN, NUMBER, TELEPHONE = "1981-02-12", "3120600123458", "0812345678"
PATTERNS = (
    "000000 777777 121212 123123 112233 998877 123321 012345 123456 234567 890123 654321 210987"
    " 111222 100001 147258 159753"
).split()
DATES = (
    "120281 810212 021281 128102 810212 120224 021224 198102 120219 811202 240212 252402"
    " 120225 241202 022524"
).split()
DIGITS = ["312060", "123458", "081234", "345678"]
GOOD = ["480913", "592047", "917264", "305817", "740296", "120282", "281291"]


def easy(pin: str) -> bool:
    return is_easy_pin(pin, birth_date=BORN, known=[NUMBER, TELEPHONE])


@pytest.mark.parametrize("pin", [*PATTERNS, *DATES, *DIGITS])
def test_these_are_easy(pin):
    assert easy(pin)


@pytest.mark.parametrize("pin", GOOD)
def test_these_are_not(pin):
    assert not easy(pin)


@pytest.mark.parametrize("pin", [*DATES, *DIGITS[:1]])
def test_dates_and_numbers_are_easy_for_their_holder_only(pin):
    assert not is_easy_pin(pin, birth_date="1968-11-30", known=["1234567890123"])


def test_a_birth_day_that_nobody_knows_is_no_trouble():
    assert is_easy_pin("000081", birth_date="1981-00-00")
    assert not is_easy_pin("480913", birth_date="")


def test_few_of_all_are_refused():
    refused = sum(easy(f"{pin:06}") for pin in range(0, 1_000_000, 7))
    assert refused * 7 < 25_000

"""The national ID number: check digit, form, mask, key."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from identity.numbers import clean_number, laser_key, mask_number, number_key
from tests.identity.factories import valid_number

numbers = st.builds(
    lambda first, rest: valid_number(f"{first}{rest:011}"),
    st.integers(1, 8),
    st.integers(0, 10**11 - 1),
)


@given(number=numbers)
def test_a_number_with_its_check_digit_is_taken(number):
    assert clean_number(number) == number


@given(number=numbers, wrong=st.integers(1, 9))
def test_a_wrong_check_digit_is_refused(number, wrong):
    other = number[:-1] + str((int(number[-1]) + wrong) % 10)
    with override("en"), pytest.raises(ValidationError, match="not right"):
        clean_number(other)


@pytest.mark.parametrize("typed", ["3 {0} {1} {2} {3}", "3-{0}-{1}-{2}-{3}"])
def test_spaces_and_hyphens_are_typed_as_on_the_card(typed):
    number = valid_number("310150123456")
    parts = (number[1:5], number[5:10], number[10:12], number[12])
    assert clean_number(typed.format(*parts)) == number


@pytest.mark.parametrize(
    "typed", ["", "1", "abc", "0" * 13, "9" * 13, "1" * 14, "๑๒๓", "\x00" * 13]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_number(typed)


@given(number=numbers)
def test_the_mask_hides_five_digits_and_keeps_the_form(number):
    masked = mask_number(number)
    assert masked == f"{number[0]} {number[1:5]} xxxxx {number[10:12]} {number[12]}"
    assert sum(letter.isdigit() for letter in masked) == 8


@given(one=numbers, other=numbers)
def test_a_key_stands_for_one_number(one, other):
    assert (number_key(one) == number_key(other)) == (one == other)


def test_a_laser_code_is_the_same_with_and_without_hyphens():
    assert laser_key("me0-1234567-89") == laser_key("ME0123456789")
    assert laser_key("ME0123456789") != laser_key("ME0123456788")

"""Common passwords are refused, as they are and as people dress them up; others are not."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.easy_passwords import is_easy
from identity.passwords import check_strength

# The twenty most common of 2024, all countries, as NordPass published them.
MOST_COMMON = (
    "123456 123456789 12345678 password qwerty123 qwerty1 111111 12345 secret 123123 1234567890 "
    "1234567 000000 qwerty abc123 password1 iloveyou 11111111 dragon monkey"
).split()
DRESSES = ("{}", "{}1", "{}123", "{}2024", "{}2567!", "1{}1", "!{}!")


def is_refused(password: str) -> bool:
    try:
        check_strength(password)
    except ValidationError:
        return True
    return False


def test_a_million_letters_are_looked_at_no_longer_than_a_hundred():
    assert is_easy("qwertyuiop" * 100_000)
    assert not is_easy("ข้าวเหนียวมะม่วง" + "qx7" * 300_000)


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("password", MOST_COMMON)
def test_the_most_common_are_refused_in_every_dress(password, dress):
    for one in (password, password.title(), password.upper()):
        assert is_refused(dress.format(one))


@pytest.mark.parametrize(
    "password",
    [
        "P@ssw0rd", "pa55word99",  # letters for digits
        "qwertyuiop", "asdfghjk", "1qaz2wsx", "zaq12wsx", "qwer1234", "asdf;lkj1234", "poiuytrewq",
        "98765432", "abcdefgh", "1q2w3e4r5t",
        "ฟหกดเ้่า", "ๆไำพะัีร", "ๅ/-ภถุึค",  # rows of a Thai keyboard
        "ยฟหหไนพก", "l;ylfu123", "isylzjko",  # the keys of the other layout
        "รหัสผ่าน", "สวัสดีครับ", "สวัสดี2567", "ประเทศไทย1", "sawasdee99", "Thailand!",
        "abababab", "1212121212", "xyzzxyzz", "กขกขกขกข", "aaaabbbb",
    ],
)  # fmt: skip
def test_thai_words_rows_of_keys_and_repetitions_are_refused(password):
    assert is_easy(password)


@pytest.mark.parametrize(
    "password",
    [
        "ฝนตกที่ทะเล", "correct horse", "ข้าวเหนียวมะม่วงหน้าฝน", "🌧🌊🏝️🎏 🐘🥭🛶🌾", "x7!Qp2-k",
        "tuk-tuk at dawn", "8 ช้างข้ามโขง", "malee-03-1952!", "k3Rw9zLm", "ลิงกินกล้วย5ใบ",
    ],
)  # fmt: skip
def test_what_nobody_else_has_is_taken(password):
    assert not is_easy(password)


@pytest.mark.parametrize("password", ["malee1952", "Malee!99", "มาลี2495", "1952สุขใจ", "JAIDEE12"])
def test_the_own_name_with_little_around_it_is_refused(password):
    names = ("มาลี", "สุขใจ", "Malee", "Jaidee", "", "-")
    assert [is_easy(password, about=names), is_easy(password)] == [True, False]


def test_an_officers_password_is_held_to_the_same(officer):
    for password in ("qwertyuiop12", "Password2024!", "asdfghjkl;'1"):
        with pytest.raises(ValidationError) as refusal:
            validate_password(password, officer)
        assert "password_too_easy" in {error.code for error in refusal.value.error_list}


@given(st.text(max_size=128))
def test_no_text_breaks_the_judgement(text):
    assert is_easy(text) in {True, False}

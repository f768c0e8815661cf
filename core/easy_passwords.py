"""Passwords that guessers try first, whoever chooses them and on whichever keyboard.

What others found most common is Django's list of 20,000; what Thai people type is beside it. Each
is looked for as it is, with letters for digits put right, with few signs before or behind it, and
as the keys of the other layout of a Thai keyboard (`l;ylfu` is a greeting).
docs/decisions/0026-easy-passwords.md says why not an estimate of guesses.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise

TOO_EASY = _("This password is too easy to guess. Please choose another.")
KEYS = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
THAI_KEYS = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฟหกดเ้่าสวงผปแอิืทมใฝ"
AS_LATIN, AS_THAI = str.maketrans(THAI_KEYS, KEYS), str.maketrans(KEYS, THAI_KEYS)
LEET = str.maketrans("013457@$!", "oieastasi")
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
COLUMNS = (
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
)
RUNS = tuple(run for row in (*(row * 2 for row in ROWS), *COLUMNS) for run in (row, row[::-1]))
SHORTEST_RUN, LONGEST_PERIOD, FEWEST_DIFFERENT = 3, 4, 4
SHORTEST_CORE = 5
JUDGED = 128  # letters: nobody guesses what comes behind, and looking at a million takes hours
MOST_AROUND = 6  # signs around an easy word that make it no harder: `Password2024!`
THAI = frozenset(
    "รหัสผ่าน รหัสผ่าน1 สวัสดี สวัสดีครับ สวัสดีค่ะ ประเทศไทย กรุงเทพ กรุงเทพฯ เชียงใหม่ ทดสอบ คิดถึง "
    "รักเธอ ฉันรักเธอ รักแม่ รักพ่อ รักในหลวง ไม่บอก ลืมรหัส ไม่รู้ ขอบคุณ กขค กขคง ความรัก ลูกรัก ที่รัก "
    "sawasdee sawatdee sawaddee thailand bangkok krungthep chiangmai phuket ratchaburi rakter "
    "rakthai khonthai muaythai changthai siam1234 chang555 thai1234 ddopa thaid digitalid".split()
)


def is_easy(password: str, *, about: Iterable[str] = ()) -> bool:
    """Whether it is soon guessed; `about` are words that are known of the person: names."""
    text = password[:JUDGED].lower()
    known = {word.lower() for word in about if len(word) >= SHORTEST_RUN}
    return (
        len(set(text)) < FEWEST_DIFFERENT
        or any(_is_easy_core(core) for core in _cores(text))
        or any(len(text) - len(word) <= MOST_AROUND for word in known if word in text)
    )


def _cores(text: str) -> Iterator[str]:
    """The text, and what is left of it without some digits and signs before and behind."""
    for head in range(min(MOST_AROUND, len(text)) + 1):
        for tail in range(min(MOST_AROUND, len(text)) - head + 1):
            core = text[head : len(text) - tail]
            if len(core) >= SHORTEST_CORE and not _letters(text[:head] + text[len(text) - tail :]):
                yield core


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _is_easy_core(core: str) -> bool:
    return _repeats(core) or any(
        one in _common() or _is_typed_in_a_row(one) for one in _readings(core)
    )


def _readings(text: str) -> Iterator[str]:
    for one in (text, text.translate(AS_LATIN), text.translate(AS_THAI)):
        yield one
        yield one.translate(LEET)


def _is_typed_in_a_row(text: str) -> bool:
    """Nothing but runs along the keyboard or the alphabet, and a few signs."""
    rest, at = 0, 0
    while at < len(text):
        run = _run(text[at:])
        rest, at = (rest, at + run) if run >= SHORTEST_RUN else (rest + 1, at + 1)
    return rest < FEWEST_DIFFERENT


def _run(text: str) -> int:
    """How many letters of the text's beginning lie beside each other."""
    length = 0
    while length < len(text) and any(text[: length + 1] in run for run in RUNS):
        length += 1
    return max(length, len(text) - len(text.lstrip(text[0])))


def _repeats(text: str) -> bool:
    """The same few letters again and again."""
    return any(
        len(text) >= 2 * period and text == (text[:period] * len(text))[: len(text)]
        for period in range(1, LONGEST_PERIOD + 1)
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords) | THAI


class EasyPasswordValidator:
    """For accounts of Django's."""

    def validate(self, password: str, user: object = None) -> None:
        about = str(getattr(user, "name", "")).split()
        if is_easy(password, about=about):
            raise ValidationError(TOO_EASY, code="password_too_easy")

    def get_help_text(self) -> StrOrPromise:
        return _("Your password can't be one that many people use, or a row of keys.")

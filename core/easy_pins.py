"""PINs that guessers try first: a row of one finger, a date, digits that stand on the card.

The most common are a few dozen of a million (Markert and others, "This PIN Can Be Easily Guessed",
2020), and nearly all of them are patterns: those are named, as easy passwords are
(docs/decisions/0026-easy-passwords.md).
"""

from collections.abc import Iterable
from itertools import permutations

from core.templatetags.thai import BUDDHIST_OFFSET

LENGTH = 6
UP = "01234567890123456789"
RUNS = (UP, UP[::-1])
LONGEST_PERIOD = 3
FEWEST_DIFFERENT = 3
# What is no pattern of the above: keys of a phone crosswise, columns, and what people like.
COMMON = frozenset(
    "159753 147258 258147 147852 852147 147369 369147 258369 369258 159357 357159 753159 246810"
    " 135790 135791 112358 142536 741852 963852 852963 789456 456123 321654 321456"
    " 102030 203040 101112 123654 123789 987456 520131 201314".split()
)


def is_easy_pin(pin: str, *, birth_date: str = "", known: Iterable[str] = ()) -> bool:
    """Whether it is soon guessed. `birth_date` is the holder's (2000-01-31), `known` are other
    digits that people know of the holder: the number, a telephone's.
    """
    return (
        pin in COMMON
        or len(set(pin)) < FEWEST_DIFFERENT
        or any(pin in run for run in RUNS)
        or _repeats(pin)
        or _in_pairs(pin)
        or pin in digits_of_date(birth_date)
        or any(pin in digits for digits in known)
    )


def _repeats(pin: str) -> bool:
    return any(pin == (pin[:period] * LENGTH)[:LENGTH] for period in range(1, LONGEST_PERIOD + 1))


def _in_pairs(pin: str) -> bool:
    """Each digit twice in a row (112233), or the second half the first one backwards."""
    return pin[::2] == pin[1::2] or pin == pin[::-1]


def digits_of_date(birth_date: str) -> set[str]:
    """Day, month and year in any order, of either calendar; of whole years any six in a row."""
    if len(birth_date) != len("2000-01-31"):
        return set()
    year, month, day = birth_date.split("-")
    found = set()
    for written in (year, str(int(year) + BUDDHIST_OFFSET)):
        for parts in permutations((written, month, day)):
            whole = "".join(parts)
            found |= {whole[at : at + LENGTH] for at in range(len(whole) - LENGTH + 1)}
        found |= {"".join(parts) for parts in permutations((written[2:], month, day))}
    return found

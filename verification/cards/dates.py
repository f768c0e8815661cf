"""What a card's dates say of each other: each stands there twice, and rules tie them together."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from verification.cards.fields import DOUBTFUL, LIFELONG, SURE, Field

YEARS_VALID = (8, 6)  # since 2012; before
REQUEST = re.compile(r"\d{4}-\d{2}-(\d{2})(\d{2})\d{4}")
NAMES = ("birth", "issue", "expiry")
WHOLE = 10  # letters of a date with year, month and day


class Said(NamedTuple):
    """What one language says: ISO, or empty, and how likely that was read right."""

    value: str
    likely: float


def settled(read: Mapping[str, tuple[Said, Said]], request: str) -> dict[str, Field]:
    """The three dates from what each language says and the request number.

    Where the languages disagree, rules decide: a card expires on the eve of a birthday, its request
    number has month and day of issue; else the likelier reading. A date that both languages say,
    but that breaks a rule, is doubtful: somebody may have altered it.
    """
    choices = [_choices(read[name]) for name in NAMES]
    best = max(
        product(*choices),
        key=lambda dates: (
            _kept(tuple(one.value for one in dates), request),
            sum(one.likely for one in dates),
        ),
    )
    values = tuple(one.value for one in best)
    kept = _rules(values, request)
    fields = {}
    for name, value, possible in zip(NAMES, values, choices, strict=True):
        about = [holds for names, holds in kept.items() if name in names and holds is not None]
        agreed = len(possible) == 1 and all(one.value for one in read[name])
        altered = name != "birth" and False in about
        sure = value and (agreed or any(about)) and not altered
        fields[f"{name}_date"] = Field(value, SURE if sure else DOUBTFUL if value else 0.0)
    return fields


def _choices(said: tuple[Said, Said]) -> list[Said]:
    """Each value once, as likely as its better reading; at least an empty one."""
    likeliest = {one.value: one for one in sorted(said, key=lambda one: one.likely) if one.value}
    return list(likeliest.values()) or [Said("", 0.0)]


def _kept(dates: tuple[str, ...], request: str) -> int:
    return sum(holds is True for holds in _rules(dates, request).values())


def _rules(dates: tuple[str, ...], request: str) -> dict[tuple[str, ...], bool | None]:
    """Which dates each rule ties together, and whether it holds: None where that is not told."""
    birth, issue, expiry = dates
    return {
        NAMES: expires_on_eve(birth, issue, expiry),
        ("issue",): requested_on(issue, request),
    }


def requested_on(issue: str, request: str) -> bool | None:
    found = REQUEST.fullmatch(request.replace(" ", ""))
    return issue[5:] == f"{found[1]}-{found[2]}" if found and len(issue) == WHOLE else None


def expires_on_eve(birth: str, issue: str, expiry: str) -> bool | None:
    """Whether a card expires on the day before the first birthday after its full years."""
    if expiry == LIFELONG or any(len(one) != WHOLE for one in (birth, issue, expiry)):
        return None
    try:
        morrow = date.fromisoformat(expiry) + timedelta(days=1)
        born, issued = date.fromisoformat(birth), date.fromisoformat(issue)
    except ValueError:
        return False
    if (morrow.month, morrow.day) != _birthday(born, morrow.year):
        return False
    years = morrow.year - issued.year
    before = (morrow.month, morrow.day) < (issued.month, issued.day)
    on_the_day = (morrow.month, morrow.day) == (issued.month, issued.day)
    return years - before in YEARS_VALID or years - on_the_day in YEARS_VALID


def _birthday(born: date, year: int) -> tuple[int, int]:
    """Month and day; who was born on a leap day has it on the first of March in other years."""
    leaps = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    leap_day = (born.month, born.day) == (2, 29)
    return (3, 1) if leap_day and not leaps else (born.month, born.day)

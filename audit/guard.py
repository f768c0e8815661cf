"""Keeps personal data out of the log: what looks like it never gets in."""

import math
import re
from typing import TypeAlias

from core.typing import Json

MAX_TEXT = 200
MAX_LIST = 20
MAX_DETAILS = 24
Scalar: TypeAlias = str | int | float | bool | None

# Thirteen digits, in one run or grouped by spaces and hyphens. Digits that run on into Latin
# letters belong to a digest or a UUID; Thai letters do not count so, as Thai puts no space before a
# number. `\d` takes Thai digits as well.
NATIONAL_ID = re.compile(r"(?<![A-Za-z\d])\d(?:[ \-]?\d){12}(?![A-Za-z\d])")
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class NotForTheLog(ValueError):
    """The value may hold personal data, or is of a kind the log does not keep.

    The message names the field, never the value: messages end up in other logs.
    """


def holds_personal_data(text: str) -> bool:
    return bool(NATIONAL_ID.search(text) or EMAIL.search(text))


def checked_text(text: object, *, field: str, longest: int = MAX_TEXT) -> str:
    """`text` as a plain str; raises NotForTheLog."""
    if not isinstance(text, str):
        raise NotForTheLog(f"{field} is a {type(text).__name__}, not text")
    if len(text) > longest:
        raise NotForTheLog(f"{field} is longer than {longest} characters")
    if CONTROL.search(text):
        raise NotForTheLog(f"{field} holds a control character")
    if holds_personal_data(text):
        raise NotForTheLog(f"{field} looks like a national ID number or an e-mail address")
    return str.__str__(text)


def checked_details(details: Json) -> Json:
    """`details` with nothing but text, numbers, booleans, None and short lists of those."""
    if len(details) > MAX_DETAILS:
        raise NotForTheLog(f"more than {MAX_DETAILS} details")
    return {
        checked_text(name, field="a name"): _checked(value, name) for name, value in details.items()
    }


def _checked(value: object, field: str) -> Scalar | list[Scalar]:
    if not isinstance(value, list | tuple):
        return _checked_scalar(value, field)
    if len(value) > MAX_LIST:
        raise NotForTheLog(f"{field} has more than {MAX_LIST} items")
    return [_checked_scalar(item, field) for item in value]


def _checked_scalar(value: object, field: str) -> Scalar:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _checked_number(value, field)
    return checked_text(value, field=field)


def _checked_number(value: float, field: str) -> float:
    if not math.isfinite(value):
        raise NotForTheLog(f"{field} is not a finite number")
    if NATIONAL_ID.search(f"{abs(value):.0f}"):
        raise NotForTheLog(f"{field} looks like a national ID number")
    return int(value) if isinstance(value, int) else float(value)

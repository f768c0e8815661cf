"""A one-time code opens one thing.

allauth remembers used ones in the cache, which may be wiped, and those that set an app up not.
"""

from datetime import timedelta

from core.guard import once
from offices.models import Officer

KIND, REMEMBERED = "staff-code", timedelta(minutes=5)  # many times as long as a code is good


def use_up(officer: Officer, code: str) -> bool:
    """Whether this right code is used for the first time."""
    return once.claim(KIND, _of(officer, code), keep=REMEMBERED)


def is_used_up(officer: Officer, code: str) -> bool:
    return once.was_claimed(KIND, _of(officer, code))


def _of(officer: Officer, code: str) -> str:
    """However it is typed: `123 456` is `123456`."""
    return f"{officer.pk} {''.join(filter(str.isalnum, code)).upper()}"

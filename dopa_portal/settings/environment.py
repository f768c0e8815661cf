"""What the environment says, as the settings want it: names and numbers, or a sentence."""

import os

from django.core.exceptions import ImproperlyConfigured


def names(variable: str, default: str = "") -> list[str]:
    """What stands between the commas, without blanks and without nothing."""
    parts = (part.strip() for part in os.environ.get(variable, default).split(","))
    return [part for part in parts if part]


def number(variable: str, default: int) -> int:
    """A whole number, nought or more; the default where nothing is said."""
    said = os.environ.get(variable, "").strip()
    if said and not (said.isascii() and said.isdecimal()):
        raise ImproperlyConfigured(f"{variable} has to be a whole number, not {said!r}")
    return int(said or default)

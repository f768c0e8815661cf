"""The word for a stored value of a choice, for lists with many.

Django's `get_..._display` translates all words of the field at each call.
"""

from functools import lru_cache

from django.db.models.enums import Choices
from django.utils.translation import get_language


def word_of(choices: type[Choices], value: str | int | None) -> str:
    """In the reader's language; a value that is none of the choices as it is."""
    return _word(choices, value, get_language())


@lru_cache(maxsize=2048)
def _word(choices: type[Choices], value: str | int | None, language: str | None) -> str:
    """Words of a release are the same until the next; `language` is the one that is active."""
    found = choices._value2member_map_.get(value)
    return str(getattr(found, "label", value))

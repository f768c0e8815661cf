"""The word for a stored value of a choice, for lists with many.

Django's `get_..._display` translates all words of the field at each call.
"""

from django.db.models.enums import Choices


def word_of(choices: type[Choices], value: object) -> str:
    """In the reader's language; a value that is none of the choices as it is."""
    found = choices._value2member_map_.get(value)
    return str(getattr(found, "label", value))

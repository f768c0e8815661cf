"""The order in which people look for a name in a list, in Thai and in English."""

import re

# Written before its consonant, a vowel stands behind it in the dictionary.
VOWEL_FIRST = re.compile("([เแโใไ])([ก-ฮ])")
NOT_COUNTED = re.compile("[\u0e47-\u0e4e]")  # tone marks and their like, but between equals


def in_alphabet(text: str) -> tuple[str, str]:
    """What to sort by: as the dictionary of the Royal Society of Thailand orders Thai words."""
    letters = VOWEL_FIRST.sub(r"\2\1", text.casefold())
    return NOT_COUNTED.sub("", letters), letters

"""Sentences that are stored: in English, with what stands in their places apart, so that everybody
reads them in the language of their page; and the two words for what holds or does not.
"""

from collections.abc import Mapping

from django.utils.translation import gettext


def in_words(said: str, values: Mapping[str, str]) -> str:
    """`said`, marked by gettext_noop, in the reader's language. What an older release stored is
    whole and has no values: it stays as it is.
    """
    return gettext(said) % values if values else gettext(said)


def yes_or_no(value: bool) -> str:  # noqa: FBT001 - it is what is told
    return gettext("yes") if value else gettext("no")

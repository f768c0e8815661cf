"""Thai is the first language of the portal: every sentence has its Thai."""

import re
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?\w+")


def thai() -> Catalog:
    path = Path(settings.BASE_DIR) / "locale" / "th" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale="th")


def texts(message: Message) -> tuple[str, str]:
    """The last of the English forms, which names all placeholders, and the one Thai form."""
    english = message.id[-1] if isinstance(message.id, tuple) else message.id
    translated = message.string[0] if isinstance(message.string, tuple) else message.string
    return english, translated


def test_no_sentence_is_without_its_thai():
    missing = [message.id for message in thai() if message.id and not texts(message)[1]]
    unsure = [message.id for message in thai() if message.id and message.fuzzy]
    assert (missing, unsure) == ([], [])


def test_every_placeholder_and_tag_stands_in_both_languages():
    differing = [
        english
        for english, translated in map(texts, filter(lambda message: message.id, thai()))
        if Counter(PLACEHOLDER.findall(english)) != Counter(PLACEHOLDER.findall(translated))
    ]
    assert differing == []

"""Thai is the first language of the portal: every sentence has its Thai."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

CALLS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|</?\w+")


# The portal's own, and that of the sample system, which production leaves out.
CATALOGUES = ("locale", "devstack/trying/locale")


def thai() -> list[Message]:
    paths = [Path(settings.BASE_DIR) / one / "th/LC_MESSAGES/django.po" for one in CATALOGUES]
    catalogues = (read_po(BytesIO(path.read_bytes()), locale="th") for path in paths)
    return [message for catalogue in catalogues for message in catalogue]


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


def sentences_of_the_sources() -> set[str]:
    """What gettext is asked for, in Python and in templates: of plurals the first form."""
    root, found = Path(settings.BASE_DIR), set()
    pages = [*root.glob("templates/**/*.html"), *root.glob("devstack/**/*.html")]
    for path in [*pages, *root.glob("*/**/*.py")]:
        if path.parts[len(root.parts)] in {"tests", ".venv", "scripts", "var"}:
            continue
        text = path.read_text()
        if path.suffix == ".html":  # as code, whose lines are indented for people
            text = re.sub(r"^\s+", "", templatize(text), flags=re.MULTILINE)
        for _line, message, _comments, _context in extract("python", BytesIO(text.encode()), CALLS):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found - {""}


def test_no_sentence_of_the_sources_is_missing_from_the_catalogue():
    known = {message.id[0] if isinstance(message.id, tuple) else message.id for message in thai()}
    used = sentences_of_the_sources()
    assert len(used) > 500
    assert used - known == set()

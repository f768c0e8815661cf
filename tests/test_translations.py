"""Thai is the first language of the portal: every sentence has its Thai."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
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
OWN, *_ = CATALOGUES = ("locale", "devstack/trying/locale")
NOT_READ = {"tests", ".venv", "scripts", "var", "node_modules"}


def thai(*catalogues_of: str) -> list[Message]:
    chosen = catalogues_of or CATALOGUES
    paths = [Path(settings.BASE_DIR) / one / "th/LC_MESSAGES/django.po" for one in chosen]
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


def sources() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    pages = [*root.glob("templates/**/*.html"), *root.glob("devstack/**/*.html")]
    for path in [*pages, *root.glob("*/**/*.py")]:
        if path.parts[len(root.parts)] not in NOT_READ:
            yield path


def sentences_of(path: Path) -> set[str]:
    """What gettext is asked for, in Python or a template: of plurals the first form."""
    text = path.read_text()
    if path.suffix == ".html":  # as code, whose lines are indented for people
        text = re.sub(r"^\s+", "", templatize(text), flags=re.MULTILINE)
    asked = extract("python", BytesIO(text.encode()), CALLS)
    messages = (message for _line, message, _comments, _context in asked)
    return {one[0] if isinstance(one, tuple) else one for one in messages} - {""}


def of_the_samples(path: Path) -> bool:
    return path.is_relative_to(Path(settings.BASE_DIR) / "devstack")


def known(*catalogues: str) -> set[str]:
    ids = (message.id for message in thai(*catalogues))
    return {one[0] if isinstance(one, tuple) else one for one in ids}


def test_no_sentence_of_the_sources_is_missing_from_the_catalogue():
    """Production has no catalogue but the portal's own."""
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for path in sources():
        used[of_the_samples(path)] |= sentences_of(path)
    assert len(used[False]) > 500
    assert used[False] - known(OWN) == set()
    assert used[True] - known(*CATALOGUES) == set()


def test_no_sentence_hides_in_an_f_string():
    """Whoever collects the sentences does not look there."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in sources()
        if path.suffix == ".py"
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in CALLS
    ]
    assert hidden == []

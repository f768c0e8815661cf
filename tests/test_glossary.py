"""The glossary speaks of what is there: names of the code, words of the pages, each idea once."""

import re
from collections import Counter
from pathlib import Path

from django.conf import settings

from tests.test_house_rules import APPS, sources

GLOSSARY = Path(settings.BASE_DIR) / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    lines = [line for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_a_word_stands_for_one_idea():
    words = Counter(re.sub(r" \(.*\)", "", row[0]) for row in rows())
    assert {word for word, count in words.items() if count > 1} == set()


def test_a_name_of_the_code_is_a_class_of_the_code():
    named = {name for row in rows() for name in re.findall(r"\(([A-Z][a-z]\w+)\)", row[0])}
    code = "".join(path.read_text() for path in sources(*APPS))
    assert len(named) > 20
    assert {name for name in named if not re.search(rf"^class {name}\b", code, re.M)} == set()


def test_a_thai_word_is_one_that_the_pages_use():
    catalogue = (Path(settings.LOCALE_PATHS[0]) / "th/LC_MESSAGES/django.po").read_text()
    used = catalogue.replace('"\n"', "")
    assert {row[1] for row in rows() if row[1] not in {"-"} and row[1] not in used} == set()

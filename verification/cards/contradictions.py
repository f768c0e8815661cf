"""What a card says that cannot be: lines that were clearly read and do not go together.

An honest card never does so. A doubtful reading is no contradiction: both sides have to be clear.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from stdnum.th import pin

from core.titles import IN_ENGLISH
from verification.cards import fields
from verification.cards.dates import NAMES, WHOLE, expires_on_eve, requested_on
from verification.cards.ocr import Text

CLEAR = 0.95  # how likely each of two lines is read right


class Contradiction(StrEnum):
    """registration.explanations has words for each."""

    CHECK_DIGIT = "check_digit"
    TITLES = "titles"
    DATES = "dates"
    EXPIRY = "expiry"
    REQUEST = "request"


def contradictions(text: Mapping[str, Text]) -> tuple[Contradiction, ...]:
    """What a front contradicts itself in, by its lines (verification.cards.layout.FRONT)."""
    return tuple(_found({name: one.text for name, one in text.items() if one.confidence >= CLEAR}))


def _found(clear: Mapping[str, str]) -> Iterator[Contradiction]:
    digits = re.sub(r"\D", "", clear.get("number", ""))
    if len(digits) == fields.NUMBER_DIGITS and not pin.is_valid(digits):
        yield Contradiction.CHECK_DIGIT
    if _titles_differ(clear):
        yield Contradiction.TITLES
    dates = {name: _said(clear, name) for name in NAMES}
    if any(len(said) > 1 for said in dates.values()):
        yield Contradiction.DATES
    birth, issue, expiry = (said.pop() if len(said) == 1 else "" for said in dates.values())
    if expires_on_eve(birth, issue, expiry) is False:
        yield Contradiction.EXPIRY
    if requested_on(issue, clear.get("request", "")) is False:
        yield Contradiction.REQUEST


def _titles_differ(clear: Mapping[str, str]) -> bool:
    if "name_th" not in clear or "name_en" not in clear:
        return False
    english = Text(clear["name_en"], 1.0)
    thai = fields.thai_name(Text(clear["name_th"], 1.0))["title_th"].value
    title = fields.english_name(english, english)["title_en"].value
    return title in fields.TITLES_EN and IN_ENGLISH.get(thai, title) != title


def _said(clear: Mapping[str, str], name: str) -> set[str]:
    """The whole dates that the two languages say, each clear."""
    both = f"{name}_th", f"{name}_en"
    if any(line not in clear for line in both):
        return set()
    thai, english = (clear[line] for line in both)
    said = {fields.thai_date(thai), fields.english_date(english)}
    return said if all(len(one) == WHOLE for one in said) else set()

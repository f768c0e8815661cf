"""Where the value lines stand on a card that was registered: beside the layout's, on their row."""

from typing import NamedTuple

from verification.cards.recogniser import Line
from verification.cards.registration.layout import (
    FRONT,
    HEIGHT,
    OLDER,
    OLDER_NAME,
    WIDTH,
    Value,
)
from verification.cards.registration.labels import Seen
from verification.cards.registration.register import Registered
from verification.cards.registration.rows import Row

BEFORE = 0.012  # of the card's width: ground in front of a line's first letter
FROM_LABEL = 0.4  # of the gap between a label and its value
LAST = 0.985  # of the card's width
DOWN = 0.014  # of the card's width: a row may be so far from where it should stand
BANDS = {"thai": "thai", "address": "thai", "religion": "thai", "thai_date": "thai_date"}
# The label that a value stands beside, above or below: they move together.
BESIDE = {
    "number": ("IdentificationNumber",),
    "name_th": ("ชื่อตัวและชื่อสกุล", OLDER_NAME),
    "name_en": ("Name",),
    "last_name_en": ("Lastname",),
    "birth_th": ("เกิดวันที่",),
    "birth_en": ("DateofBirth",),
    "religion": ("ศาสนา",),
    "address_1": ("ที่อยู่",),
    "issue_th": ("วันออกบัตร",),
    "issue_en": ("DateofIssue", "วันออกบัตร"),
    "expiry_th": ("วันบัตรหมดอายุ",),
    "expiry_en": ("DateofExpiry", "วันบัตรหมดอายุ"),
}


class ValueLine(NamedTuple):
    """Where a value stands, and the name of the letters it can hold (recogniser.letters_of)."""

    line: Line
    letters: str


def value_lines(card: Registered) -> dict[str, ValueLine]:
    """Each value's line on the straight card.

    A religion's line is there whether or not one is printed.
    """
    places = FRONT | (OLDER if is_older(card) else {})
    seen = {one.label.text: one for one in card.labels}
    lines = {}
    for name, value in places.items():
        label = next((seen[text] for text in BESIDE.get(name, ()) if text in seen), None)
        lines[name] = ValueLine(_line(value, label, card.rows), value.letters)
    return lines


def is_older(card: Registered) -> bool:
    """Whether the name's label is that of 2005 to 2011, by its words or by its length."""
    names = {one.label.text for one in card.labels}
    if OLDER_NAME in names:
        return True
    if "ชื่อตัวและชื่อสกุล" in names:
        return False
    newer = FRONT["name_th"]
    begins = [row.left / WIDTH for row in card.rows
              if abs(row.baseline - newer.baseline * HEIGHT) < DOWN * WIDTH]  # fmt: skip
    older, later = (min((abs(begin - value.left) for begin in begins), default=1.0)
                    for value in (OLDER["name_th"], newer))  # fmt: skip
    return older < later


def _line(value: Value, label: Seen | None, rows: list[Row]) -> Line:
    left, baseline = (value.left - BEFORE) * WIDTH, value.baseline * HEIGHT
    if label is not None:
        baseline += label.baseline - label.label.baseline * HEIGHT
        gap = value.left - label.label.right
        if gap > 0:
            left = label.right + FROM_LABEL * gap * WIDTH
        else:
            left += label.left - label.label.left * WIDTH
    right = min(LAST, value.right) * WIDTH
    row = _row_within(left, right, baseline, rows)
    return Line(left, right, row.baseline if row else baseline, value.letter * HEIGHT,
                BANDS.get(value.letters, "latin"))  # fmt: skip


def _row_within(left: float, right: float, baseline: float, rows: list[Row]) -> Row | None:
    """The row that fills most of a line's place."""
    near = [row for row in rows if abs(row.baseline - baseline) < DOWN * WIDTH]
    shared = {row: min(right, row.right) - max(left, row.left) for row in near}
    best = max(near, key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] > 0 else None

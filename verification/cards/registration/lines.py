"""Where the value lines stand on a card that was registered: beside the layout's, on their row."""

from typing import NamedTuple

import numpy as np

from verification.cards.recogniser import Line
from verification.cards.registration.layout import (
    FRONT,
    HEIGHT,
    OLDER,
    OLDER_NAME,
    WIDTH,
    Value,
)
from verification.cards.registration.register import Registered
from verification.cards.registration.rows import Row

BEFORE = 0.008  # of the card's width: ground in front of a line's first letter
LAST = 0.985  # of the card's width
ACROSS, DOWN = 0.05, 0.016  # of width and of width: a row may be so far from where it should begin
BANDS = {"thai": "thai", "address": "thai", "religion": "thai", "thai_date": "thai_date"}
NAME_LABEL_ENDS = (0.225, 0.274)  # of 2005 to 2011, and of later cards


class ValueLine(NamedTuple):
    """Where a value stands, and the name of the letters it can hold (recogniser.letters_of)."""

    line: Line
    letters: str


def value_lines(card: Registered) -> dict[str, ValueLine]:
    """Each value's line on the straight card.

    A religion's line is there whether or not one is printed.
    """
    places = FRONT | (OLDER if is_older(card) else {})
    return {
        name: ValueLine(_line(value, _row_of(value, card.rows)), value.letters)
        for name, value in places.items()
    }


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


def _row_of(value: Value, rows: list[Row]) -> Row | None:
    """The row that begins where the value does."""
    x, y = value.left * WIDTH, value.baseline * HEIGHT
    near = [
        row
        for row in rows
        if abs(row.left - x) < ACROSS * WIDTH and abs(row.baseline - y) < DOWN * WIDTH
    ]
    return min(near, key=lambda row: np.hypot(row.left - x, 2 * (row.baseline - y)), default=None)


def _line(value: Value, row: Row | None) -> Line:
    left, baseline = value.left * WIDTH, value.baseline * HEIGHT
    if row is not None:
        left, baseline = min(left, row.left), row.baseline
    return Line(left - BEFORE * WIDTH, min(LAST, value.right) * WIDTH, baseline,
                value.letter * HEIGHT, BANDS.get(value.letters, "latin"))  # fmt: skip

"""Finds the card's printed labels among rows of writing that were read."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np

from verification.cards.layout import LABELS, Label
from verification.cards.recogniser import Reading, read_many
from verification.cards.registration.rows import Row
from verification.images.arrays import Grey

ABOVE, BELOW = 1.8, 0.6  # of a letter's height, as the recogniser likes it
BESIDE = 0.2
MATCHED = 0.75  # of a label's letters, at least; of a short one all
SHORT = 6
STRAY = 3  # letters that may stand between a label's own


class ReadRow(NamedTuple):
    row: Row
    reading: Reading


class Seen(NamedTuple):
    """A label on a picture: where its ink begins and ends there, its baseline, in pixels, and how
    much of it was read, 0 to 1.
    """

    label: Label
    left: float
    right: float
    baseline: float
    share: float


def read_rows(grey: Grey, rows: Sequence[Row]) -> list[ReadRow]:
    """What the rows say; those that say nothing are left out."""
    readings = read_many([cut(grey, row) for row in rows])
    pairs = zip(rows, readings, strict=True)
    return [ReadRow(row, reading) for row, reading in pairs if len(reading.text) > 1]


def cut(grey: Grey, row: Row) -> Grey:
    top = max(0, round(row.baseline - ABOVE * row.letter))
    left = max(0, round(row.left - BESIDE * row.letter))
    return np.ascontiguousarray(
        grey[top : round(row.baseline + BELOW * row.letter) + 1,
             left : round(row.right + BESIDE * row.letter) + 1]
    )  # fmt: skip


def find_labels(rows: Sequence[ReadRow]) -> list[Seen]:
    """Each label once at most, where it is read best."""
    found: dict[str, Seen] = {}
    for one in rows:
        for seen in _labels_in(one):
            best = found.get(seen.label.text)
            if best is None or seen.share > best.share:
                found[seen.label.text] = seen
    return list(found.values())


def _labels_in(one: ReadRow) -> Iterator[Seen]:
    """The labels of a row, the longer ones first: some are the end of others."""
    spread = [(letter, place) for letter, place in
              zip(one.reading.text, one.reading.places, strict=True) if letter != " "]  # fmt: skip
    text = "".join(letter for letter, _ in spread)
    places = [place for _, place in spread]
    for label in sorted(LABELS, key=lambda label: -len(label.text)):
        at = _found_in(text, label.text)
        if at is not None:
            first, last, _share = at
            yield _seen(one.row, label, at, places)
            text = text[:first] + "\0" * (last - first) + text[last:]


def _found_in(text: str, label: str) -> tuple[int, int, float] | None:
    """From where to where a label stands in a text, and how much of it."""
    if len(set(label) & set(text)) < MATCHED * len(set(label)):
        return None
    blocks = [block for block in
              SequenceMatcher(None, label, text, autojunk=False).get_matching_blocks()
              if block.size]  # fmt: skip
    share = sum(block.size for block in blocks) / len(label)
    if share < (1 if len(label) < SHORT else MATCHED):
        return None
    first = max(0, blocks[0].b - blocks[0].a)
    last = min(len(text), blocks[-1].b + len(label) - blocks[-1].a)
    return (first, last, share) if last - first <= len(label) + STRAY else None


def _seen(row: Row, label: Label, at: tuple[int, int, float], places: list[float]) -> Seen:
    """Ends within a row are where the next letter is half a letter away."""
    first, last, share = at
    wide = row.right - row.left + 2 * BESIDE * row.letter
    start = row.left - BESIDE * row.letter
    half = (places[last - 1] - places[first]) / max(1, last - 1 - first) / 2
    left = row.left if first == 0 else start + (places[first] - half) * wide
    right = row.right if last == len(places) else start + (places[last - 1] + half) * wide
    return Seen(label, left, right, row.baseline, share)

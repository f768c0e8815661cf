"""Where the value lines stand on a card that was registered: beside the layout's, on their row."""

from difflib import SequenceMatcher

import numpy as np

from verification.cards.layout import (
    FRONT,
    HEIGHT,
    LABELS,
    NEWER_NAME,
    OLDER,
    OLDER_NAME,
    WIDTH,
    Value,
)
from verification.cards.readers import ValueLine
from verification.cards.recogniser import Line, letters_of, line_crops, read_many
from verification.cards.registration.labels import Seen
from verification.cards.registration.register import Registered
from verification.cards.registration.rows import grey_of, written_on
from verification.images.arrays import Floats, Mask

BEFORE = 0.008  # of the card's width: ground in front of a line's first letter
BEGINNING = 0.2  # of the card's width: short lines are as long
GAP = 2.2  # of a letter's height: a name's words stand closer; behind it may be other things
NAMES = ("thai", "english")
AFTER = 0.02  # of the card's width: ground behind a value
LATER, EARLIER = 0.010, 0.022  # of the card's width: where the gap before a value is looked for
LAST = 0.985  # of the card's width
FAR_LABEL = 0.08  # of width and height: a label that stands farther from its place is another word
NEIGHBOURHOOD, HELD = 0.12, 0.2  # how far a label's move reaches; what holds a line to its place
ABOVE, BELOW = 1.5, 0.9  # of a letter's height: where a line's body is looked for
SAME_ROW = 0.016  # of the card's width
BODY = 0.35  # of the densest row of pixels: what counts as a letter's body
FLAT, TALL = 0.45, 1.6  # of a letter's height: what a body can measure
READ = 0.6  # of a label's letters: it is this label
BANDS = {"thai": "thai", "address": "thai", "religion": "thai", "thai_date": "thai_date"}
# The label that a value stands beside, above or below: they move together.
BESIDE = {
    "number": ("IdentificationNumber", "เลขประจำตัวประชาชน"),
    "name_th": (NEWER_NAME, OLDER_NAME),
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


def value_lines(card: Registered) -> dict[str, ValueLine]:
    """Each value's line on the straight card.

    A religion's line is there whether or not one is printed.
    """
    places = FRONT | (OLDER if is_older(card) else {})
    seen = {one.label.text: one for one in card.labels if np.abs(_move(one)).max() < FAR_LABEL}
    ink = written_on(grey_of(card.card), WIDTH)
    lines = {}
    for name, value in places.items():
        label = next((seen[text] for text in BESIDE.get(name, ()) if text in seen), None)
        move = _move_near(value, list(seen.values())) if label is None else _move(label)
        lines[name] = ValueLine(_line(value, move, ink), value.letters)
    return lines


def _move(label: Seen) -> Floats:
    """How far a label stands from its place, in fractions of the card."""
    right = label.left / WIDTH - label.label.left
    return np.array([right, label.baseline / HEIGHT - label.label.baseline])


def _move_near(value: Value, labels: list[Seen]) -> Floats:
    """How far labels in the neighbourhood moved: print that is off is off together."""
    away = [np.hypot(value.left - one.label.left, value.baseline - one.label.baseline)
            for one in labels]  # fmt: skip
    weights = np.exp(-((np.array(away) / NEIGHBOURHOOD) ** 2))
    moves = np.array([_move(one) for one in labels]).reshape(-1, 2)
    near: Floats = weights @ moves / (weights.sum() + HELD)
    return near


def is_older(card: Registered) -> bool:
    """Whether the name's label is that of 2005 to 2011: by its words, or where the name begins."""
    older, newer = _says(card, OLDER_NAME), _says(card, NEWER_NAME)
    if max(older, newer) > READ and older != newer:
        return older > newer
    name = FRONT["name_th"]
    begins = [row.left / WIDTH for row in card.rows
              if abs(row.baseline - name.baseline * HEIGHT) < SAME_ROW * WIDTH]  # fmt: skip
    away, later = (min((abs(begin - value.left) for begin in begins), default=1.0)
                   for value in (OLDER["name_th"], name))  # fmt: skip
    return away < later


def _says(card: Registered, text: str) -> float:
    """How much of a label can be read where that label would stand, 0 to 1."""
    label = next(one for one in LABELS if one.text == text)
    line = Line(
        (label.left - BEFORE) * WIDTH,
        (label.right + BEFORE) * WIDTH,
        label.baseline * HEIGHT,
        label.letter * HEIGHT,
        "thai",
    )
    (reading,) = read_many(line_crops(card.card, line, ways=1), letters=letters_of("address"))
    return SequenceMatcher(None, reading.bare, text, autojunk=False).ratio()


def _line(value: Value, move: Floats, ink: Floats) -> Line:
    left, right = (value.left + move[0]) * WIDTH, min(LAST, value.right) * WIDTH
    baseline, letter = (value.baseline + move[1]) * HEIGHT, value.letter * HEIGHT
    beginning = _pixels(left, min(right, left + BEGINNING * WIDTH))
    baseline = _on_ink(ink[:, beginning], baseline, letter)
    body = ink[_pixels(baseline - letter, baseline)]
    left = _after_gap(body, left)
    gap = GAP * letter if value.letters in NAMES else WIDTH
    right = min(right, _end(body, left, right, gap) + AFTER * WIDTH)
    return Line(left, right, baseline, letter, BANDS.get(value.letters, "latin"))


def _on_ink(columns: Floats, baseline: float, letter: float) -> float:
    """The lower end of the letters' bodies nearest to where a baseline should be."""
    top = max(0, round(baseline - ABOVE * letter))
    amounts = columns[top : round(baseline + BELOW * letter)].sum(axis=1)
    if not amounts.any():
        return baseline
    bodies = [
        (first, last)
        for first, last in _runs(amounts >= BODY * amounts.max())
        if FLAT * letter < last - first < TALL * letter
    ]
    ends = [float(top + last) for _, last in bodies]
    return min(ends, key=lambda end: abs(end - baseline), default=baseline)


def _after_gap(body: Floats, left: float) -> float:
    """A little in front of where a value begins: behind the widest gap about there."""
    start = max(0, round(left - EARLIER * WIDTH))
    columns = body[:, start : round(left + LATER * WIDTH)]
    gaps = _runs(columns.max(axis=0) == 0)
    if not gaps:
        return left
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return start + max(float(first), last - BEFORE * WIDTH)


def _end(body: Floats, left: float, right: float, widest: float) -> float:
    """Where the ink ends that begins at `left`, its gaps no wider than `widest`."""
    written = np.flatnonzero(body[:, _pixels(left, right)].any(axis=0))
    if not len(written):
        return right
    breaks = np.flatnonzero(np.diff(written) > widest)
    return left + float(written[breaks[0] if len(breaks) else -1])


def _runs(of: Mask) -> list[tuple[int, int]]:
    """From where to where values are true, one after the other."""
    steps = np.diff(np.concatenate([[0], of.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True))


def _pixels(start: float, end: float) -> slice:
    return slice(max(0, round(start)), max(1, round(end)))

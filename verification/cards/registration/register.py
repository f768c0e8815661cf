"""Finds the card in a photo by what is printed on every card, and lays it straight by that."""

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np

from verification.cards import layout
from verification.cards.layout import (
    ASPECT,
    HEIGHT,
    LABELS,
    WIDTH,
)
from verification.cards.registration.fitting import fit, moved
from verification.cards.registration.guesses import guesses
from verification.cards.registration.labels import ReadRow, Seen, find_labels, read_rows
from verification.cards.registration.rows import Row, find_rows, grey_of
from verification.faces.detection import Face
from verification.images.arrays import Floats, Grey, Picture

ROUGH = 800  # pixels of the card's width while it is looked for
AROUND = 0.14  # of the card's width: how far a guess may be off
OUTSIDE = (200, 200, 200)  # of the photo: light ground, no strokes that run on
BORDER = 0.05  # and once labels agreed on it
FAR_OFF = 0.03  # of the card's width: a corner that moved so far was guessed badly
LONG = 0.055  # of the card's width: shorter rows are no labels
FIRST_LOOK = 14  # of the longest rows on it: where none of them is a label, this is no card
FEWEST_LABELS, FEWEST_OWN = 3, 2
ELSEWHERE = ("Name", "DateofBirth", "DateofIssue", "DateofExpiry")  # on other cards as well
# Of the card's width, across and down: how far a row may be from where the layout has it.
LABEL_AWAY = (0.06, 0.08)  # of width and height: a row may say a label
SAME_LINE = ((0.02, 0.013), (0.012, 0.009))


class Registered(NamedTuple):
    """`view` maps pixels of the photo to pixels of the straight `card` (HEIGHT x WIDTH x 3 uint8
    RGB), `rows` of writing are on that card; `labels` were read, and `read` is all that was near
    them: nothing that lies around the card."""

    view: Floats
    card: Picture
    rows: list[Row]
    labels: list[Seen]
    read: list[ReadRow]

    @property
    def width(self) -> float:
        """Of the card, in pixels of the photo."""
        ends = moved(np.array([[0, HEIGHT / 2], [WIDTH, HEIGHT / 2]]), np.linalg.inv(self.view))
        return float(np.hypot(*(ends[1] - ends[0])))


class Look(NamedTuple):
    """A guess looked at: the labels that agree with each other, and a better guess by them."""

    view: Floats
    labels: list[Seen]
    read: list[ReadRow]

    @property
    def is_card(self) -> bool:
        own = sum(one.label.text not in ELSEWHERE for one in self.labels)
        return len(self.labels) >= FEWEST_LABELS and own >= FEWEST_OWN


def register(photo: Picture, faces: list[Face]) -> Registered | list[ReadRow]:
    """The front in an H x W x 3 uint8 RGB photo; where there is none, what was read at all."""
    read: list[ReadRow] = []
    for guess in guesses(photo, faces):
        looked = _look(photo, guess)
        if looked.is_card:
            return _refined(photo, looked)
        read += looked.read
    return read


def _look(photo: Picture, guess: Floats) -> Look:
    """Read the rows within a guess (photo to card, in card's widths)."""
    grey, shift = _warped(photo, guess, ROUGH, AROUND)
    rows = [row for row in find_rows(grey, ROUGH) if row.right - row.left > LONG * ROUGH]
    rows.sort(key=lambda row: (not _on_card(row, shift), row.left - row.right))
    read = read_rows(grey, rows[:FIRST_LOOK])
    if find_labels(read):
        read += read_rows(grey, rows[FIRST_LOOK:])
    seen = find_labels(read)
    here, known = _ends(seen, shift)
    fitted = fit(here, known) if len(seen) >= FEWEST_LABELS else None
    if fitted is None:
        return Look(guess, [], read)
    better, agree = fitted
    both = [bool(pair.any()) for pair in agree.reshape(-1, 2)]
    return Look(better @ guess, [one for one, ok in zip(seen, both, strict=True) if ok], read)


def _on_card(row: Row, shift: int) -> bool:
    """Whether a row's middle is on the card, as it was guessed: around it may be wood or cloth."""
    x, y = (row.left + row.right) / 2 - shift, row.baseline - shift
    return 0 < x < ROUGH and 0 < y < ROUGH / ASPECT


def _warped(photo: Picture, guess: Floats, width: int, border: float) -> tuple[Grey, int]:
    """The guessed card in grey, so many pixels wide, with its surroundings; how wide they are."""
    around = round(border * width)
    scale = np.array([[width, 0, around], [0, width, around], [0, 0, 1]])
    size = (width + 2 * around, round(width / ASPECT) + 2 * around)
    small = cv2.warpPerspective(
        photo, scale @ guess, size, flags=cv2.INTER_AREA, borderValue=OUTSIDE
    )
    return grey_of(np.asarray(small, np.uint8)), around


def _ends(seen: Iterable[Seen], around: float, width: float = ROUGH) -> tuple[Floats, Floats]:
    """Where labels begin and end, on a picture ROUGH pixels a card and by the layout, in card's
    widths: 2N x 2 each."""
    here, known = [], []
    for one in seen:
        for end, place in ((one.left, one.label.left), (one.right, one.label.right)):
            here.append(((end - around) / width, (one.baseline - around) / width))
            known.append((place, one.label.baseline / ASPECT))
    return np.array(here).reshape(-1, 2), np.array(known).reshape(-1, 2)


def _refined(photo: Picture, looked: Look) -> Registered:
    """Looked at closer, and once more where that moved it far: then more can be read."""
    to_pixels = np.diag([WIDTH, WIDTH, 1.0])
    first = _closer_look(photo, looked.view)
    away = moved(corners_of(first.view), to_pixels @ looked.view) - moved(
        corners_of(first.view), first.view
    )
    if np.abs(away).max() < FAR_OFF * WIDTH:
        return first
    second = _closer_look(photo, np.linalg.inv(to_pixels) @ first.view)
    return second if len(second.labels) >= len(first.labels) else first


def _closer_look(photo: Picture, guess: Floats) -> Registered:
    """Laid straight by the labels that are read once it nearly lies so, then by all rows that stand
    where the layout has a label or a value.
    """
    first = np.diag([WIDTH, WIDTH, 1.0]) @ guess
    grey, shift = _warped(photo, guess, WIDTH, BORDER)
    rows = [_shifted(row, shift) for row in find_rows(grey, WIDTH)]
    near = [row for row in rows if _near_label(row)]
    read = [ReadRow(_shifted(one.row, shift), one.reading)
            for one in read_rows(grey, [_shifted(row, -shift) for row in near])]  # fmt: skip
    labels = find_labels(read)
    better = _closer(np.eye(3), *_ends(labels, 0, WIDTH))
    places = layout.begins(older=any(one.label.text == layout.OLDER_NAME for one in labels))
    for away in SAME_LINE:
        better = _closer(better, *_lines_up([_carried(row, better) for row in rows], places, away))
    carried = [ReadRow(_carried(one.row, better), one.reading) for one in read]
    view = better @ first
    return Registered(
        view,
        straighten(photo, view),
        [_carried(row, better) for row in rows],
        [_carried_label(one, better) for one in labels],
        [one for one in carried if 0 < one.row.baseline < HEIGHT],
    )


def _shifted(row: Row, by: float) -> Row:
    return Row(row.left - by, row.right - by, row.top - by, row.baseline - by)


def _closer(view: Floats, here: Floats, known: Floats) -> Floats:
    """A map of pixels of the card, followed by what lays points over their places."""
    fitted = fit(here, known) if len(here) >= FEWEST_LABELS else None
    if fitted is None:
        return view
    to_pixels = np.diag([WIDTH, WIDTH, 1.0])
    closer: Floats = to_pixels @ fitted[0] @ np.linalg.inv(to_pixels) @ view
    return closer


def _near_label(row: Row) -> bool:
    """Whether a label stands about where the row begins."""
    return any(
        one.left - LABEL_AWAY[0] < row.left / WIDTH < one.right
        and abs(row.baseline / HEIGHT - one.baseline) < LABEL_AWAY[1]
        for one in LABELS
    )


def _carried(row: Row, view: Floats) -> Row:
    """A row on the card after the card was moved."""
    ends = moved(np.array([[row.left, row.baseline], [row.right, row.baseline],
                           [row.left, row.top]]), view)  # fmt: skip
    return Row(ends[0, 0], ends[1, 0], ends[2, 1], ends[:2, 1].mean())


def _carried_label(one: Seen, view: Floats) -> Seen:
    ends = moved(np.array([[one.left, one.baseline], [one.right, one.baseline]]), view)
    return one._replace(left=ends[0, 0], right=ends[1, 0], baseline=ends[:, 1].mean())


def _lines_up(rows: list[Row], places: Floats, near: tuple[float, float]) -> tuple[Floats, Floats]:
    """Of rows that begin where a line does: their beginnings, and where the layout has them."""
    here, known = [], []
    for row in rows:
        start = np.array([row.left, row.baseline]) / WIDTH
        away = np.abs(places - start) / near
        nearest = int(away.max(axis=1).argmin())
        if away[nearest].max() < 1:
            here.append(start)
            known.append(places[nearest])
    return np.array(here).reshape(-1, 2), np.array(known).reshape(-1, 2)


def straighten(photo: Picture, view: Floats) -> Picture:
    """The card as HEIGHT x WIDTH x 3 uint8 RGB, by a map from pixels of the photo to its own."""
    card = cv2.warpPerspective(photo, view, (WIDTH, HEIGHT), flags=cv2.INTER_AREA,
                               borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    return np.asarray(card, np.uint8)


def corners_of(view: Floats) -> Floats:
    """4 x 2: where a straight card's corners are in the photo, clockwise from its upper left."""
    card = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]])
    return moved(card, np.linalg.inv(view))

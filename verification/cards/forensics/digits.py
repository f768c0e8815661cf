"""Digits of the number that are printed unlike others of it: one printer prints a digit alike."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import cv2
import numpy as np

from verification.cards.recogniser import Line
from verification.images.arrays import Picture, Raster

DIGITS = 13
FINER = 2  # as many pixels
ABOVE, BELOW = 1.3, 0.3  # of a letter's height
BEFORE, AFTER = 2, 6  # pixels
GROUND = (41, 41)  # pixels of these: wider than a digit
INK = 97  # per cent
SHARES = (0.5, 0.6, 0.7)  # of the ink's darkness: where digits may come apart
HIGH, WIDE = (0.6, 1.3), 0.95  # of a letter's height: a digit
TALL, ROOM = 40, 6  # pixels in which two are laid over each other


class Shape(NamedTuple):
    digit: str
    ink: Raster


def unlikeness(card: Picture, line: Line, number: str) -> float:
    """1 less the correlation of the two equal digits that are least alike; 0 where the number's
    digits do not come apart, or none is there twice.

    `card` is a straight card, `line` where its number stands, `number` its 13 digits as read.
    """
    shapes = _shapes(card, line, number) if len(number) == DIGITS else []
    likeness = [
        _alike(one.ink, other.ink)
        for one, other in combinations(shapes, 2)
        if one.digit == other.digit
    ]
    return 1 - min(likeness, default=1.0)


def _shapes(card: Picture, line: Line, number: str) -> list[Shape]:
    """The number's digits, each as high as the others, or none."""
    ink = _ink(card, line)
    high = FINER * line.letter
    for share in SHARES:
        apart = (ink > share * np.percentile(ink, INK)).astype(np.uint8)
        boxes = sorted(_boxes(apart, high))
        if len(boxes) == DIGITS:
            cuts = (ink[top:bottom, left:right] for left, top, right, bottom in boxes)
            return [Shape(*pair) for pair in zip(number, map(_upright, cuts), strict=True)]
    return []


def _ink(card: Picture, line: Line) -> Raster:
    """How much darker than its ground the line is, 0 to 1."""
    top = max(0, round(line.baseline - ABOVE * line.letter))
    left = max(0, round(line.left) - BEFORE)
    cut = card[top : round(line.baseline + BELOW * line.letter), left : round(line.right) + AFTER]
    grey = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.resize(grey, None, fx=FINER, fy=FINER, interpolation=cv2.INTER_CUBIC)
    ground = cv2.blur(cv2.dilate(fine, np.ones(GROUND, np.uint8)), GROUND)
    return cv2.GaussianBlur(np.clip(1 - fine / np.maximum(ground, 1), 0, 1), (0, 0), 1.0)


def _boxes(apart: np.ndarray, high: float) -> Iterator[tuple[int, int, int, int]]:
    _, _, parts, _ = cv2.connectedComponentsWithStats(apart)
    for left, top, wide, tall, _ in parts[1:].tolist():
        if HIGH[0] * high < tall < HIGH[1] * high and wide < WIDE * high:
            yield left, top, left + wide, top + tall


def _upright(ink: Raster) -> Raster:
    wide = max(8, round(ink.shape[1] * TALL / ink.shape[0]))
    return cv2.resize(ink, (wide, TALL), interpolation=cv2.INTER_AREA)


def _alike(one: Raster, other: Raster) -> float:
    """The correlation of two digits, the one moved over the other until it is largest."""
    wide = max(one.shape[1], other.shape[1]) + ROOM
    found = cv2.matchTemplate(_padded(other, wide, 2), _padded(one, wide, 0), cv2.TM_CCOEFF_NORMED)
    return float(found.max())


def _padded(ink: Raster, wide: int, more: int) -> Raster:
    spare = wide - ink.shape[1]
    sides = 4 + more, 4 + more, spare // 2 + 2 * more, spare - spare // 2 + 2 * more
    return cv2.copyMakeBorder(ink, *sides, cv2.BORDER_CONSTANT, value=0)

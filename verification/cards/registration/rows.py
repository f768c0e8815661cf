"""Where in a picture rows of dark writing stand, found without reading them."""

from typing import NamedTuple

import cv2
import numpy as np

from verification.images.arrays import Floats, Grey, Picture

GROUND = 0.023  # of the card's width: wider than a stroke of any letter, and filled by its ground
DARKER = 0.09  # share of the ground's light that ink takes at least
THAN_AROUND = 1.5  # times as much as around it: on guilloche and noise more is asked
AROUND = (0.17, 0.06)
WINDOW = (0.036, 0.0055)  # letters of a word run together in it, marks above and below do not
FILLED = 0.28  # of the window
LETTER = (0.008, 0.046)  # of the card's width: how high letters can be
NARROWEST = 0.022
BODY = 0.35  # of the densest row: what counts as a letter's body
LONGER = 1.2  # times its height, or it is no writing
DARKEST_GROUND = 20


class Row(NamedTuple):
    """A word or more on one baseline, in pixels: the letters' bodies, without marks."""

    left: float
    right: float
    top: float
    baseline: float

    @property
    def letter(self) -> float:
        return self.baseline - self.top


def find_rows(grey: Grey, width: float) -> list[Row]:
    """Rows of writing in an H x W uint8 picture where the card is about `width` pixels wide and
    lies level. Two words far apart are two rows; two lines are never one.
    """
    ink = written_on(grey, width)
    window = tuple(_odd(share * width) for share in WINDOW)
    written = cv2.blur(ink, window) > np.float32(FILLED)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(written.astype(np.uint8))
    least, most = (share * width for share in LETTER)
    found = []
    for left, top, wide, high, _ in boxes[1:]:
        if wide > max(NARROWEST * width, LONGER * high) and high < most + window[1]:
            row = _measured(ink, left - window[0] // 2, left + wide + window[0] // 2, top, high)
            if least < row.letter < most:
                found.append(row)
    return found


def _measured(ink: Floats, left: int, right: int, top: int, high: int) -> Row:
    """Where the ink within a box ends, and between which rows most of it stands."""
    left, top = max(0, left), max(0, top - high // 4)
    part = ink[top : top + high + high // 2, left:right]
    amounts = part.sum(axis=1)
    full = np.flatnonzero(amounts >= BODY * amounts.max())
    first, last = int(full[0]), int(full[-1]) + 1
    columns = np.flatnonzero(part[first:last].any(axis=0))
    ends = (columns[0], columns[-1] + 1) if len(columns) else (0, part.shape[1])
    return Row(float(left + ends[0]), float(left + ends[1]), float(top + first), float(top + last))


def grey_of(picture: Picture) -> Grey:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)


def written_on(grey: Grey, width: float) -> Floats:
    """1 where there is ink, else 0. H x W float32."""
    filled = np.ones((_odd(GROUND * width),) * 2, np.uint8)
    ground = cv2.blur(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, filled), filled.shape)
    taken = cv2.subtract(ground, grey).astype(np.float32)
    taken /= np.maximum(ground, DARKEST_GROUND)
    around = cv2.blur(taken, tuple(_odd(share * width) for share in AROUND))
    ink: Floats = (taken > np.maximum(DARKER, THAN_AROUND * around)).astype(np.float32)
    return ink


def _odd(pixels: float) -> int:
    return max(1, round(pixels / 2) * 2 - 1)

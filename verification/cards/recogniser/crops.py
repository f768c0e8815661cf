"""Cuts a line out of a straight card as the recogniser likes it, in several ways for a vote."""

from typing import NamedTuple

import cv2
import numpy as np

from verification.images.arrays import Grey, Picture

# Of a letter's height above and below the baseline: Thai has two marks above and one below, but
# a date one mark above.
BANDS = {"thai": (1.9, 0.65), "thai_date": (1.7, 0.5), "latin": (1.5, 0.5)}
# Ways to cut, as shares of the crop's height: moved down, grown. The first is the plain one.
WAYS = ((0.0, 1.0), (-0.05, 1.05), (0.05, 0.95))
RED = 0  # of RGB: black and blue ink are dark in it, seals and red curves hardly to be seen


class Line(NamedTuple):
    """Where a line stands on a straight card, in pixels; `letter` is the height of ก or a capital,
    `band` one of BANDS."""

    left: float
    right: float
    baseline: float
    letter: float
    band: str


def line_crops(card: Picture, line: Line, *, ways: int = 3) -> list[Grey]:
    """H x W uint8 strips of a card, H x W x 3 uint8 RGB: three heights by luminance, then the same
    by red. `ways` takes the first so many: 1 the plain cut, 3 as good as 6 where measured.
    """
    orders = [(way, channel) for channel in (_luminance, _red) for way in WAYS]
    return [channel(_cut(card, line, *way)) for way, channel in orders[:ways]]


def _luminance(strip: Picture) -> Grey:
    return np.asarray(cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY), np.uint8)


def _red(strip: Picture) -> Grey:
    return np.ascontiguousarray(strip[:, :, RED])


def _cut(picture: Picture, line: Line, moved: float, grown: float) -> Picture:
    above, below = BANDS[line.band]
    high = (above + below) * line.letter * grown
    middle = line.baseline + (below - above) / 2 * line.letter + moved * high
    rows = _within(middle - high / 2, middle + high / 2, picture.shape[0])
    columns = _within(line.left, line.right, picture.shape[1])
    return np.ascontiguousarray(picture[rows, columns])


def _within(start: float, end: float, size: int) -> slice:
    """At least one pixel, inside the picture."""
    first = min(size - 1, max(0, round(start)))
    return slice(first, max(first + 1, min(size, round(end))))

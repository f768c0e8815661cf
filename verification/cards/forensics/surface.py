"""What should be on a card's face and is not, and what should not and is: chip, marks, a rim."""

import cv2
import numpy as np

from verification.cards.layout import HEIGHT, WIDTH
from verification.images.arrays import Floats, Picture, Raster

Box = tuple[float, float, float, float]  # left, top, right, bottom, of width and height
CHIP: Box = (0.125, 0.375, 0.219, 0.500)  # a part of it, wherever the print lies on the card
WRITING: Box = (0.29, 0.22, 0.70, 0.72)  # neither seal nor red curves are there
LIGHT, SMALLER = 90, 0.25  # per cent; as many pixels
REDDER, MARKED = 16, 0.08  # than the ground; of a column
# Where a line along the portrait's left, right, upper and lower edge may be.
RIMS: tuple[Box, ...] = (
    (0.723, 0.516, 0.756, 0.866), (0.970, 0.516, 0.998, 0.866),
    (0.768, 0.436, 0.958, 0.491), (0.768, 0.891, 0.958, 0.946),
)  # fmt: skip
SLOPES = np.arange(-0.036, 0.0361, 0.006)
SHADE = 5  # pixels before the card's end, where it may look like its shadow
BESIDE = (4, 6)  # pixels to what the line is darker than
DARKER = 0.085  # of the card's light


def chip_contrast(card: Picture) -> float:
    """The spread of light where the chip's contacts are, of the card's light: 0 on bare ground."""
    grey = _light(card)
    return float(_part(grey, CHIP).std()) / _white(grey)


def red_letters(card: Picture) -> float:
    """The share of the writing's width over which red is laid: SPECIMEN in large letters."""
    small = cv2.resize(
        _part(card, WRITING), None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA
    )
    redness = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)[:, :, 1].astype(int)
    red = redness - np.median(redness) > REDDER
    return float((red.mean(axis=0) > MARKED).mean())


def portrait_rim(card: Picture, right_end: float | None) -> float:
    """The share of the portrait's most suspicious side along which a thin dark line runs: the
    shadow of a picture that was glued on. `right_end` is the column where the card ends and its own
    shadow begins; where that is not known, the portrait's right side is not looked at.
    """
    grey = cv2.GaussianBlur(_light(card), (0, 0), 1.0)
    least = DARKER * _white(grey)
    left, right, *level = RIMS
    strips = [_part(grey, left), *(_part(grey, box).T for box in level)]
    if right_end is not None:
        strips.append(_part(grey[:, : round(right_end) - SHADE], right))
    return max(_line(strip, least) for strip in strips)


def _line(strip: Raster, least: float) -> float:
    """The share of rows in which a line that runs down is darker than both its sides."""
    high, wide = strip.shape
    best = 0.0
    for beside in (one for one in BESIDE if 2 * one < wide):
        sides = cv2.min(strip[:, : -2 * beside], strip[:, 2 * beside :])
        darker = (sides - strip[:, beside:-beside] > least).astype(np.float32)
        for slope in SLOPES:
            lean = np.array([[1, slope, -slope * high / 2], [0, 1, 0]])
            straight = cv2.warpAffine(darker, lean, (wide - 2 * beside, high))
            best = max(best, float(straight.mean(axis=0).max()))
    return best


def _light(card: Picture) -> Floats:
    return cv2.cvtColor(card, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _white(grey: Raster) -> float:
    return max(1.0, float(np.percentile(grey[::4, ::4], LIGHT)))


def _part(picture: Raster, box: Box) -> Raster:
    left, top, right, bottom = box
    rows = slice(round(top * HEIGHT), round(bottom * HEIGHT))
    return np.ascontiguousarray(picture[rows, round(left * WIDTH) : round(right * WIDTH)])

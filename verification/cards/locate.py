"""Finding the card's outline in a photo: sides by edges and by colour, judged by shape and support."""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.cards.layout import CARD_ASPECT

WORKING_SIDE = 640
MIN_SIDE_SHARE = 0.25  # a card narrower than this share of the photo's longer side is not looked for
SAMPLES = 48  # points looked at along each side
FOCAL = 1.15  # a phone's focal length in units of the longer side, near enough to judge proportions


@dataclass(frozen=True)
class Outline:
    """Four corners (x, y) in pixels, clockwise, the first side a long one; `score` is 0..1."""

    corners: np.ndarray
    score: float
    aspect: float


def find_outline(image: np.ndarray) -> Outline | None:
    """The most card-like quadrilateral of an HxWx3 uint8 RGB photo, or None."""
    scale = WORKING_SIDE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    gradient = _gradient(small)
    quads = _quads_of_edges(gradient) + _quads_of_colour(small)
    quads += _quads_of_lines(gradient)
    return quads, gradient, scale

"""How good the photo is, and whether it shows a card or a copy of one. All scores are 0 to 1."""

import cv2
import numpy as np

from verification.cards.layout import HEIGHT, WIDTH
from verification.images.arrays import Picture

WRITING = (
    slice(int(0.10 * HEIGHT), int(0.60 * HEIGHT)),
    slice(int(0.28 * WIDTH), int(0.70 * WIDTH)),
)
BLOWN_OUT = 252
PATCH = 41  # pixels; wider than the space between two lines


def sharpness(card: Picture, zone: tuple[slice, slice] = WRITING) -> float:
    """How steep the edges of the writing are against its contrast; 1 is as sharp as can be read."""
    grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)[zone].astype(np.float32)
    dark, light = np.percentile(grey, (1, 90))
    contrast = max(12.0, float(light - dark))
    steepness = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)) / 8
    return _rise(float(np.percentile(steepness, 99)) / contrast, 0.05, 0.32)


def glare(card: Picture, zone: tuple[slice, slice] = WRITING) -> float:
    """Share of the writing's zone that reflects so much light that nothing can be read.

    Writing that still shows within the light leaves no white patch larger than PATCH.
    """
    red, green, blue = cv2.split(card[zone])
    white = (cv2.min(cv2.min(red, green), blue) >= BLOWN_OUT).astype(np.uint8)
    return float(cv2.morphologyEx(white, cv2.MORPH_OPEN, np.ones((PATCH, PATCH), np.uint8)).mean())


def copy_score(card: Picture) -> float:
    """How colourless the card is: a grey copy has no spread of colours in whatever light."""
    small = cv2.resize(card, (150, 95), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    spread = float(np.hypot(lab[:, :, 1].std(), lab[:, :, 2].std()))
    return 1 - _rise(spread, 1.5, 5.0)


def _rise(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))

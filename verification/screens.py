"""Whether a photo shows a screen instead of the thing itself."""

from functools import lru_cache

import cv2
import numpy as np

from verification.images.arrays import Floats, Mask, Picture

SPECTRUM_SIDE = 512
FINE = 0.18  # cycles a pixel
LONE_PEAKS = 2  # of half a spectrum, which has each peak once
FAINT, PLAIN = 9.0, 22.0  # how high peaks stand above what is around them


def screen_score(photo: Picture, middle: tuple[float, float] | Floats) -> float:
    """How strongly regular fine grids show around `middle` (x, y in pixels), 0 to 1.

    A photographed screen's grid beats with the camera's. It appears as lone peaks in the spectrum,
    away from its axes, where writing has none.
    """
    x, y = np.asarray(middle).astype(int)
    half = SPECTRUM_SIDE // 2
    part = photo[max(0, y - half) : y + half, max(0, x - half) : x + half]
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    window, fine = _window(*grey.shape)
    spectrum = np.abs(np.fft.rfft2((grey - grey.mean()) * window)).astype(np.float32)
    lone = (spectrum / np.maximum(cv2.blur(spectrum, (31, 31)), 1e-6))[fine]
    peaks = np.partition(lone, -LONE_PEAKS)[-LONE_PEAKS:].mean()
    return float(np.clip((peaks - FAINT) / (PLAIN - FAINT), 0, 1))


@lru_cache(maxsize=4)
def _window(height: int, width: int) -> tuple[Floats, Mask]:
    """What fades the borders out, and which part of the half spectrum is finer than any letter."""
    window = np.outer(np.hanning(height), np.hanning(width)).astype(np.float32)
    down, across = np.abs(np.fft.fftfreq(height)), np.fft.rfftfreq(width)
    return window, np.hypot(down[:, None], across[None, :]) > FINE

"""How good the photo is, and whether it shows a card or a picture of one. All scores are 0 to 1."""

import cv2
import numpy as np

from verification.cards.layout import HEIGHT, WIDTH

WRITING = (
    slice(int(0.10 * HEIGHT), int(0.60 * HEIGHT)),
    slice(int(0.28 * WIDTH), int(0.70 * WIDTH)),
)
SPECTRUM_SIDE = 512
BLOWN_OUT = 252


def sharpness(card: np.ndarray, zone: tuple[slice, slice] = WRITING) -> float:
    """How steep the edges of the writing are against its contrast; 1 is as sharp as can be read."""
    grey = cv2.cvtColor(card, cv2.COLOR_RGB2GRAY)[zone].astype(np.float32)
    dark, light = np.percentile(grey, (1, 90))
    contrast = max(12.0, float(light - dark))
    steepness = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)) / 8
    return _rise(float(np.percentile(steepness, 99)) / contrast, 0.05, 0.32)


def glare(card: np.ndarray, zone: tuple[slice, slice] = WRITING) -> float:
    """Share of the writing's zone that reflects so much light that nothing can be read."""
    return float((card[zone].min(axis=2) >= BLOWN_OUT).mean())


def screen_score(photo: np.ndarray, corners: np.ndarray) -> float:
    """How strongly regular fine grids show in the photo, as a photographed screen's do.

    They appear as lone peaks in the spectrum, away from its axes, where writing has none.
    """
    x, y = corners.mean(axis=0).astype(int)
    half = SPECTRUM_SIDE // 2
    part = photo[max(0, y - half) : y + half, max(0, x - half) : x + half]
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    window = np.outer(np.hanning(grey.shape[0]), np.hanning(grey.shape[1]))
    spectrum = np.abs(np.fft.fftshift(np.fft.fft2((grey - grey.mean()) * window)))
    rows, columns = np.indices(spectrum.shape)
    down = np.abs(rows - spectrum.shape[0] / 2) / spectrum.shape[0]
    across = np.abs(columns - spectrum.shape[1] / 2) / spectrum.shape[1]
    fine = np.hypot(down, across) > 0.18  # noqa: PLR2004 - cycles a pixel: finer than any letter
    around = cv2.blur(spectrum, (31, 31))
    lone = (spectrum / np.maximum(around, 1e-6))[fine]
    return _rise(float(np.sort(lone)[-4:].mean()), 9.0, 22.0)


def copy_score(card: np.ndarray) -> float:
    """How colourless the card is: a grey copy has no spread of colours in whatever light."""
    small = cv2.resize(card, (150, 95), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    spread = float(np.hypot(lab[:, :, 1].std(), lab[:, :, 2].std()))
    return 1 - _rise(spread, 1.5, 5.0)


def _rise(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))

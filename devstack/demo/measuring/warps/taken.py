"""A made picture as the portal gets it: compressed, rescaled and full of noise, or smoothed."""

import cv2
import numpy as np

from verification.images import decode

QUALITY, POOR = 85, (45, 75)
NOISE = 3.5  # grey levels
SMOOTHED = 30  # grey levels that a denoiser takes for noise


def clean(picture: np.ndarray, _draw: np.random.Generator) -> np.ndarray:
    return _jpeg(picture, QUALITY)


def noisy(picture: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    scale = draw.uniform(0.75, 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grain = small + draw.normal(0, NOISE, small.shape)
    return _jpeg(np.clip(np.round(grain), 0, 255).astype(np.uint8), int(draw.integers(*POOR)))


def smoothed(picture: np.ndarray, _draw: np.random.Generator) -> np.ndarray:
    """As a cheap phone's own film is: grain taken away, then poorly compressed."""
    return _jpeg(np.asarray(cv2.bilateralFilter(picture, 7, SMOOTHED, 5), np.uint8), POOR[0])


TAKEN = {"clean": clean, "noisy": noisy, "smoothed": smoothed}


def _jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return decode(coded.tobytes())

"""Films for Chromium's fake camera, `--use-file-for-fake-video-capture`, which repeats them."""

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np

CAMERA = (1280, 720)


def write_film(frames: Iterable[np.ndarray], path: Path, *, size: tuple[int, int] = CAMERA) -> Path:
    """Motion JPEG: one picture (H x W x 3 uint8 RGB) after the other, each fitted into `size`."""
    with path.open("wb") as film:
        for frame in frames:
            _, jpeg = cv2.imencode(".jpg", fitted(frame, size)[:, :, ::-1])
            film.write(jpeg.tobytes())
    return path


def fitted(frame: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The whole picture in the middle of a grey one of `size`."""
    scale = min(size[0] / frame.shape[1], size[1] / frame.shape[0])
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.full((size[1], size[0], 3), 120, np.uint8)
    top, left = (size[1] - small.shape[0]) // 2, (size[0] - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas

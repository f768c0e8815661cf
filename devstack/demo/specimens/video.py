"""Films for Chromium's fake camera, `--use-file-for-fake-video-capture`, which repeats them."""

import io
from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

CAMERA = (1280, 720)
PLAYED = 30  # pictures a second; motion JPEG does not say how fast, so Chromium takes this


def write_mjpeg(
    frames: Iterable[bytes | Image.Image],
    path: Path,
    *,
    fps: int = 10,
    size: tuple[int, int] = CAMERA,
) -> Path:
    """A film of JPEG bytes or pictures that shows `fps` of them a second, at most `PLAYED`."""
    shown = (picture for frame in frames for picture in [_opened(frame)] * round(PLAYED / fps))
    return write_film(shown, path, size=size)


def write_film(frames: Iterable[np.ndarray], path: Path, *, size: tuple[int, int] = CAMERA) -> Path:
    """Motion JPEG: one picture (H x W x 3 uint8 RGB) after the other, each fitted into `size`."""
    with path.open("wb") as film:
        film.writelines(encoded(frame, size) for frame in frames)
    return path


def encoded(frame: np.ndarray, size: tuple[int, int]) -> bytes:
    """A picture of such a film."""
    _, jpeg = cv2.imencode(".jpg", fitted(frame, size)[:, :, ::-1])
    return jpeg.tobytes()


def fitted(frame: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The whole picture in the middle of a grey one of `size`."""
    if frame.shape[1::-1] == size:
        return frame
    scale = min(size[0] / frame.shape[1], size[1] / frame.shape[0])
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.full((size[1], size[0], 3), 120, np.uint8)
    top, left = (size[1] - small.shape[0]) // 2, (size[0] - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas


def _opened(frame: bytes | Image.Image) -> np.ndarray:
    picture = Image.open(io.BytesIO(frame)) if isinstance(frame, bytes) else frame
    return np.asarray(picture.convert("RGB"))

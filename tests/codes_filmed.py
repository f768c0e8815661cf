"""A code on one screen before the camera of another browser."""

from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import Locator

WIDTH, HEIGHT, FRAMES = 1280, 720, 10


def before_the_camera(shown: Locator, folder: Path) -> list[str]:
    """What Chromium is started with whose camera is held before this part of a screen."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film_of(shown.screenshot(), folder)}",
    ]


def film_of(screenshot: bytes, folder: Path) -> Path:
    """What a camera at arm's length sees of it: smaller, a little blurred, in a film."""
    picture = cv2.imdecode(np.frombuffer(screenshot, np.uint8), 1)
    scale = HEIGHT * 0.8 / picture.shape[0]
    seen = cv2.GaussianBlur(cv2.resize(picture, None, fx=scale, fy=scale), (3, 3), 0)
    frame = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
    top, left = (HEIGHT - seen.shape[0]) // 2, (WIDTH - seen.shape[1]) // 2
    frame[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    planes = cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes()
    film = folder / "code.y4m"
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode()
    film.write_bytes(head + (b"FRAME\n" + planes) * FRAMES)
    return film

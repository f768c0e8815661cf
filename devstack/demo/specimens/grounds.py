"""What a card lies on or is held before: H x W x 3 float32, 0 to 255."""

from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

SKIN = (186, 146, 122)


@lru_cache(maxsize=8)
def ground_of(kind: str, size: tuple[int, int], *, variant: int) -> np.ndarray:
    """One of GROUNDS, `size` in pixels across and down."""
    return GROUNDS[kind](size, np.random.default_rng(variant))


def _desk(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    """Boards of wood: long streaks along the grain, a dark line where two boards meet."""
    fine = _noise(size, draw, across=400, down=3)
    broad = _noise(size, draw, across=900, down=60)
    wood = np.array([150, 112, 76], np.float32) + (9 * fine + 13 * broad)[:, :, None]
    joint = int(draw.uniform(0.05, 0.95) * size[1])
    wood[joint : joint + 3] *= 0.6
    return wood


def _cloth(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    weave = np.sin(rows / 2.5) * np.sin(columns / 2.5) * 16
    folds = 6 * _noise(size, draw, across=40, down=40)
    return np.array([92, 104, 96], np.float32) + (weave + folds)[:, :, None]


def _paper(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    stains = 3 * _noise(size, draw, across=40, down=40)
    return np.array([236, 233, 226], np.float32) + stains[:, :, None]


def _dark(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    spots = 5 * _noise(size, draw, across=40, down=40)
    return np.array([42, 44, 50], np.float32) + spots[:, :, None]


def _hand(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    """A room out of focus, before it the hand that holds the card from behind."""
    width, height = size
    room = np.stack([_noise(size, draw, across=260, down=260) for _ in range(3)], axis=2)
    picture = np.array([96, 92, 88], np.float32) + 3 * room + 18 * room[:, :, :1]
    hand = np.zeros((height, width), np.uint8)
    palm = (int(0.42 * width), int(0.80 * height))
    cv2.ellipse(hand, palm, (int(0.32 * width), int(0.26 * height)), 12, 0, 360, 255, -1)
    for finger, reach in enumerate((0.055, 0.035, 0.04, 0.07)):
        y = int((0.36 + 0.105 * finger) * height)
        start, end = (int(0.5 * width), y + height // 20), (int(reach * width), y)
        cv2.line(hand, start, end, 255, int(0.085 * height), cv2.LINE_AA)
    soft = cv2.GaussianBlur(hand, (0, 0), 3)[:, :, None] / np.float32(255)
    round_light = cv2.GaussianBlur(hand, (0, 0), 0.03 * height)[:, :, None] / np.float32(255)
    skin = np.array(SKIN, np.float32) * (0.45 + 0.6 * round_light) + room
    return picture * (1 - soft) + skin * soft


def _noise(
    size: tuple[int, int], draw: np.random.Generator, *, across: int, down: int
) -> np.ndarray:
    """Soft spots, about so many pixels wide and high; most within -1 and 1."""
    grid = draw.normal(0, 1, (size[1] // down + 2, size[0] // across + 2)).astype(np.float32)
    return cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)


GROUNDS: dict[str, Callable[[tuple[int, int], np.random.Generator], np.ndarray]] = {
    "desk": _desk,
    "cloth": _cloth,
    "paper": _paper,
    "dark": _dark,
    "hand": _hand,
}

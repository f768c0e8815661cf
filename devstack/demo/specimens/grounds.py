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


def _marble(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    clouds = _noise(size, draw, across=size[0] // 5, down=size[1] // 4)
    veins = np.abs(_noise(size, draw, across=size[0] // 3, down=size[1] // 6) + 0.4 * clouds)
    tone = 196 + 14 * clouds - 60 * np.exp(-((veins / 0.05) ** 2))
    return tone[:, :, None] * np.array([1.0, 0.98, 0.95], np.float32)


def _checks(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    """A tablecloth: stripes both ways, darker where they cross."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    wide = draw.uniform(0.03, 0.09) * size[0]
    share = (np.floor(rows / wide) % 2 + np.floor(columns / wide) % 2)[:, :, None] / 2
    dye = np.array(draw.choice([(176, 44, 44), (44, 76, 150), (50, 120, 78)]), np.float32)
    return np.array([238, 236, 230], np.float32) * (1 - share) + dye * share


def _tiles(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    """Straight joints that look like a card's edges."""
    picture = _marble(size, draw) * 0.9
    step = draw.uniform(0.18, 0.45) * size[0]
    for axis in (0, 1):
        for at in np.arange(draw.uniform(0, step), size[1 - axis], step).astype(int):
            joint = (
                (slice(at, at + 4), slice(None)) if axis == 0 else (slice(None), slice(at, at + 4))
            )
            picture[joint] *= 0.62
    return picture


def _page(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    """A printed page: lines of marks that look like words."""
    picture = _paper(size, draw)
    high = max(4, size[1] // 60)
    for top in range(high, size[1] - high, 2 * high):
        at = 0
        while at < size[0]:
            word = int(draw.integers(2, 9) * high * 0.6)
            ink = picture[top : top + high, at : at + word]
            ink *= 0.35 + 0.65 * (draw.random((*ink.shape[:2], 1)) > 0.45)  # noqa: PLR2004 - half
            at += word + high
    return cv2.GaussianBlur(picture, (0, 0), size[0] / 1600)


def _flowers(size: tuple[int, int], draw: np.random.Generator) -> np.ndarray:
    picture = np.full((size[1], size[0], 3), draw.uniform(60, 220, 3), np.float32)
    for _ in range(160):
        middle = (draw.uniform(0, 1, 2) * size).astype(int)
        dye, reach = draw.uniform(30, 240, 3).tolist(), size[0] * draw.uniform(0.008, 0.03)
        for angle in np.arange(0, 2 * np.pi, np.pi / 3):
            petal = middle + reach * np.array([np.cos(angle), np.sin(angle)])
            cv2.circle(picture, petal.astype(int).tolist(), int(0.6 * reach), dye, -1, cv2.LINE_AA)
    return picture


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
    "marble": _marble,
    "checks": _checks,
    "tiles": _tiles,
    "page": _page,
    "flowers": _flowers,
}
PATTERNS = ("marble", "checks", "tiles", "page", "flowers")

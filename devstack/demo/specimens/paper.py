"""The printed ground of both sides: tints, woven lines, the horizon with its temples, red curves.

Drawn by formulas; nothing of a real card's artwork is copied.
"""

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens import layout

VARIANTS = 6
# Left top, right top, left bottom, right bottom of what is above the horizon and of what is below.
TINTS = {
    "early": (((201, 216, 232), (224, 224, 240)), ((168, 203, 226), (196, 204, 232))),
    "late": (((172, 214, 232), (212, 228, 240)), ((150, 206, 226), (166, 210, 230))),
    "pink": (((242, 206, 222), (246, 224, 232)), ((240, 192, 212), (244, 208, 222))),
    "back": (((168, 214, 238), (212, 226, 240)), ((222, 226, 236), (158, 206, 236))),
}
TEMPLES = {"early": (150, 190, 220), "late": (138, 200, 224), "back": (106, 190, 226),
           "pink": (232, 178, 204)}  # fmt: skip
# Spires: middle, half width at the foot, height, as fractions of the width.
FRONT_SPIRES = ((0.290, 0.040, 0.125), (0.450, 0.020, 0.055), (0.487, 0.026, 0.086),
                (0.540, 0.015, 0.058))  # fmt: skip
FRONT_WALL = ((0.09, 0.74, 0.006), (0.14, 0.39, 0.020), (0.20, 0.36, 0.030), (0.41, 0.55, 0.012))
BACK_SPIRES = ((0.428, 0.014, 0.066), (0.463, 0.026, 0.110), (0.493, 0.020, 0.088),
               (0.638, 0.034, 0.126), (0.585, 0.008, 0.044), (0.605, 0.008, 0.047),
               (0.672, 0.008, 0.046), (0.692, 0.008, 0.042))  # fmt: skip
BACK_WALL = ((0.404, 0.535, 0.020), (0.420, 0.515, 0.030), (0.552, 0.768, 0.024),
             (0.575, 0.720, 0.034), (0.598, 0.680, 0.042))  # fmt: skip
FLAT = 0.01  # a wall that is no higher has no roofs
CURVE_RED = (206, 86, 88)
PALE_STRIP = (238, 242, 244)


@lru_cache(maxsize=12)
def front_ground(width: int, kind: str, *, variant: int) -> Image.Image:
    """RGB; `kind` is one of TINTS for a front, `variant` below VARIANTS moves the lines."""
    rows, columns = _grid(width)
    horizon = layout.HORIZON / layout.ASPECT
    sky, ground = (_gradient(pair, columns) for pair in TINTS[kind])
    below = _soft(rows - horizon, 0.002)[..., None]
    picture = sky * (1 - below) + ground * below
    picture += (
        12 * np.exp(-(((columns - 0.52) / 0.25) ** 2 + ((rows - 0.28) / 0.2) ** 2))[..., None]
    )
    temples = _silhouette(rows, columns, FRONT_SPIRES, FRONT_WALL, horizon)
    picture += 0.85 * temples * (np.array(TEMPLES[kind], np.float32) - picture)
    picture += _woven(rows, columns, variant)
    _red_curves(picture)
    strip = _soft(layout.STRIP[2] - columns, 0.0008) * _soft(
        rows - layout.STRIP[1] / layout.ASPECT, 0.0008
    )
    picture += 0.85 * strip[..., None] * (np.array(PALE_STRIP, np.float32) - picture)
    return _image(picture)


@lru_cache(maxsize=12)
def back_ground(width: int, horizon: float, *, variant: int) -> Image.Image:
    """RGB, with the palace before the horizon and traces like a circuit's in the left corner."""
    rows, columns = _grid(width)
    horizon = horizon / layout.ASPECT
    above, under = (_gradient(pair, columns) for pair in TINTS["back"])
    below = _soft(rows - horizon, 0.0008)[..., None]
    picture = above * (1 - below) + under * below
    palace = _silhouette(rows, columns, BACK_SPIRES, BACK_WALL, horizon)
    picture += 0.9 * palace * (np.array(TEMPLES["back"], np.float32) - picture)
    picture += _woven(rows, columns, variant)
    picture += _traces(picture.shape, variant)[..., None] * np.array([14, 8, 4], np.float32)
    return _image(picture)


def _grid(width: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of a card, both as fractions of its width."""
    rows, columns = np.mgrid[0 : round(width / layout.ASPECT), 0:width].astype(np.float32)
    return rows / width, columns / width


def _image(picture: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def _soft(distance: np.ndarray, softness: float) -> np.ndarray:
    """From 0 to 1 where `distance` becomes positive."""
    return 1 / (1 + np.exp(np.clip(-distance / softness, -30, 30)))


def _gradient(pair: tuple[tuple[int, ...], tuple[int, ...]], columns: np.ndarray) -> np.ndarray:
    left, right = (np.array(colour, np.float32) for colour in pair)
    return left + columns[..., None] * (right - left)


def _silhouette(
    rows: np.ndarray, columns: np.ndarray, spires: tuple, walls: tuple, horizon: float
) -> np.ndarray:
    """1 inside of temples that stand on the horizon, with a paling reflection under them."""
    height = np.zeros(columns.shape[1], np.float32)
    at = columns[0]
    for middle, foot, tall in spires:
        away = np.abs(at - middle) / foot
        height = np.maximum(height, tall * np.clip(1 - away, 0, 1) ** 2.2)
    for start, end, tall in walls:
        roof = tall + 0.004 * np.abs(np.sin(150 * at)) ** 3 * (tall > FLAT)
        inside = np.clip((at - start) / 0.006, 0, 1) * np.clip((end - at) / 0.006, 0, 1)
        height = np.maximum(height, roof * inside)
    above = horizon - rows
    inside = _soft(height[None] - above, 0.0007) * (above >= 0)
    mirror = 0.3 * _soft(height[None] + above, 0.004) * (above < 0)
    return ((inside + mirror) * (height[None] > 0))[..., None]


def _woven(rows: np.ndarray, columns: np.ndarray, variant: int) -> np.ndarray:
    """Fine waves that cross each other, a rosette of them, and a weave of hairlines."""
    lines = np.zeros_like(rows)
    for wave in range(3):
        phase = 7 * columns + 2.1 * wave + variant
        lines = np.maximum(lines, _line(170 * rows + 6 * np.sin(phase)))
    across, down = columns - 0.55, rows - 0.30
    reach, angle = np.hypot(across, down), np.arctan2(down, across)
    for side in (-1, 1):
        petals = _line(170 * reach + side * 5 * np.sin(14 * angle))
        lines = np.maximum(lines, petals * (reach < 0.2))  # noqa: PLR2004 - a share of the width
    threads = np.sin(900 * (rows + 0.6 * columns)) + np.sin(900 * (rows - 0.6 * columns))
    shade = 1.8 * threads - (4 + variant % 3) * lines
    return shade[..., None] * np.array([1.0, 0.75, 0.55], np.float32)


def _line(wave: np.ndarray) -> np.ndarray:
    """1 on the lines where the wave passes 0, softly falling off beside them."""
    return np.exp(-((np.sin(wave) / 0.12) ** 2)).astype(np.float32)


def _red_curves(picture: np.ndarray) -> None:
    """Pairs of thin lines: from the emblem to the left edge, and a bow under the lower lines."""
    height, width = picture.shape[:2]
    ink = np.zeros((height, width), np.uint8)
    pen = max(1, width // 700)
    size = np.array([width, height])
    bow = np.array([(0.075, 0.868), (0.13, 0.905), (0.20, 0.945), (0.29, 1.0)])
    rise = np.array([(0.70, 1.0), (0.755, 0.965), (0.86, 0.885), (0.98, 0.838), (1.0, 0.836)])
    level = np.array([(0.0, 0.086), (0.02, 0.086)])
    for curve, apart in ((bow, 0.034), (rise, 0.024), (level, 0.075)):
        for moved in (0, apart):
            points = np.round((curve + np.array([0, moved])) * size * 8).astype(np.int32)
            cv2.polylines(ink, [points], isClosed=False, color=255, thickness=pen,
                          lineType=cv2.LINE_AA, shift=3)  # fmt: skip
    share = 0.75 * ink[..., None].astype(np.float32) / 255
    picture += share * (np.array(CURVE_RED, np.float32) - picture)


def _traces(shape: tuple[int, ...], variant: int) -> np.ndarray:
    """Straight lines that bend at 45 degrees, fading out towards the middle."""
    chance = np.random.default_rng(variant)
    height, width = shape[:2]
    ink = np.zeros((height, width), np.uint8)
    for _ in range(45):
        start = chance.uniform((0, 0), (0.42, 0.52))
        middle = start + np.array([chance.uniform(0.03, 0.15), 0])
        bend = chance.uniform(-0.06, 0.06)
        end = middle + np.array([abs(bend), bend * layout.ASPECT])
        points = np.round(np.array([start, middle, end]) * (width, height)).astype(np.int32)
        pen = max(1, width // 260)
        cv2.polylines(ink, [points], isClosed=False, color=255, thickness=pen,
                      lineType=cv2.LINE_AA)  # fmt: skip
    fade = np.clip(1 - np.arange(width, dtype=np.float32) / (0.45 * width), 0, 1)
    return ink.astype(np.float32) / 255 * fade

"""The conditions of one photo, and where the card's corners come to lie in it."""

from dataclasses import dataclass

import numpy as np

from devstack.demo.specimens.layout import ASPECT

SIZE = (1600, 1200)
AWAY = 2.4  # how far off the lens is, in card widths
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64)


@dataclass(frozen=True)
class Shot:
    """How a photo is taken. What is None or empty is drawn from the seed.

    `tilt` is how far single corners stray, as a share of the card's width, `lean` how far the card
    is turned away from the lens and `rotation` how far it is turned round, in degrees; `share` of
    the photo's width that it takes; `blur` the lens's sigma and `motion` the length of a shake, in
    pixels; `noise` in grey levels; `glare` from 0 to 1; `tint` how far the light is from white;
    `fingers` lie over the card's edge; `margin` is how much of the ground is kept around the card,
    as a share of its width, below 0 the card's own border is cut away; `quarter` turns of the
    whole picture.
    """

    tilt: float = 0.05
    lean: float = 0.0
    rotation: float | None = None
    share: float | None = None
    blur: float = 0.6
    motion: float = 0.0
    noise: float = 3.0
    glare: float = 0.0
    dim: float = 1.0
    tint: float = 0.02
    background: str = ""
    quality: int = 88
    size: tuple[int, int] = SIZE
    fingers: int = 0
    margin: float | None = None
    quarter: int = 0


def corners_of(shot: Shot, aspect: float, draw: np.random.Generator) -> np.ndarray:
    """4 x 2 float32 pixels, clockwise from the left top one, before any quarter turn."""
    rotation = draw.uniform(-8, 8) if shot.rotation is None else shot.rotation
    share = draw.uniform(0.72, 0.86) if shot.share is None else shot.share
    width = share * shot.size[0]
    half = np.array([width, width / aspect]) / 2
    flat = _leaning(CORNERS * half, width, shot.lean, draw)
    flat += draw.uniform(-shot.tilt, shot.tilt, (4, 2)) * width / 2
    angle = np.radians(rotation)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array(shot.size) / 2 + draw.uniform(-0.02, 0.02, 2) * shot.size
    return (flat @ turn.T + middle).astype(np.float32)


def _leaning(flat: np.ndarray, width: float, lean: float, draw: np.random.Generator) -> np.ndarray:
    """Corners of a card that leans by `lean` degrees towards a drawn side, as a lens sees them."""
    if not lean:
        return flat
    towards = draw.uniform(0, 2 * np.pi)
    axis = np.array([np.cos(towards), np.sin(towards)])
    along = flat @ axis
    across = flat @ np.array([-axis[1], axis[0]])
    deep, wide = across * np.sin(np.radians(lean)), across * np.cos(np.radians(lean))
    seen = along[:, None] * axis + wide[:, None] * np.array([-axis[1], axis[0]])
    return seen * (AWAY * width / (AWAY * width + deep))[:, None]


def frame_of(shot: Shot, corners: np.ndarray) -> tuple[int, int, int, int]:
    """What is kept of a photo: left, top, right, bottom in pixels."""
    width, height = shot.size
    if shot.margin is None:
        return 0, 0, width, height
    room = shot.margin * np.linalg.norm(corners[1] - corners[0])
    left, top = np.floor(corners.min(axis=0) - room)
    right, bottom = np.ceil(corners.max(axis=0) + room)
    return max(0, int(left)), max(0, int(top)), min(width, int(right)), min(height, int(bottom))


def turned_corners(corners: np.ndarray, size: tuple[int, int], quarter: int) -> np.ndarray:
    """Where corners are once a picture of `size` was turned so often by 90 degrees, left about."""
    for _ in range(quarter % 4):
        corners = np.column_stack([corners[:, 1], size[0] - corners[:, 0]])
        size = size[1], size[0]
    return corners.astype(np.float32)


def fitting(rotation: float, size: tuple[int, int], *, full: float = 0.92) -> float:
    """The share of a photo's width that a card turned by so many degrees may take."""
    angle = np.radians(abs(rotation))
    wide = np.cos(angle) + np.sin(angle) / ASPECT
    tall = np.sin(angle) + np.cos(angle) / ASPECT
    return float(min(full / wide, full * size[1] / size[0] / tall))

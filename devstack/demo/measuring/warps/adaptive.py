"""A warp that knows what is looked for: light that stays in the room, a face that is never still.

Nothing of it has to be seen anywhere: two lamps are made up, and where they shine is reckoned from
the depth of any head.
"""

import cv2
import numpy as np

from devstack.demo.measuring.warps.head import Head
from devstack.demo.measuring.warps.mesh import cut_out, laid, outline, spline, spun

WARM, COLD = np.array([1.15, 1.0, 0.80]), np.array([0.85, 1.0, 1.15])
LAMP, ROOM = 0.70, 0.35
MOUTH, BROWS = slice(48, 68), slice(17, 27)
GRIMACE, BENT, MOST = 0.06, 0.02, 1.8
SMOOTH, SPOT = 0.12, 0.07  # of the eyes' distance
MOTTLED = 0.03  # of the brightness
GRAIN = 1.5  # grey levels


def adaptive(head: Head, sine: float) -> np.ndarray:
    """As a layer; with light, spots, grimace, bending, gain and grain."""
    draw = np.random.default_rng(head.seed)
    points, depths = outline(head)
    at = spun(points, depths, sine) + _moved(points, draw)
    over = cut_out(head)[..., None]
    lit = head.picture * (over * relit(head, sine, draw) * _mottled(head, draw) + 1 - over)
    made = laid(head, at, np.clip(lit, 0, 255).astype(np.float32)).astype(float)
    made = made * draw.uniform(0.94, 1.06) + draw.normal(0, GRAIN, made.shape)
    return np.clip(np.round(made), 0, 255).astype(np.uint8)


def relit(head: Head, sine: float, draw: np.random.Generator) -> np.ndarray:
    """H x W x 3: how much brighter each spot of the head gets as it turns through the light."""
    points, depths = outline(head)
    depth = spline(points, depths[:, None], head)[..., 0]
    depth = cv2.GaussianBlur(depth, (0, 0), SMOOTH * head.eyes)
    down, along = np.gradient(depth, 1 / head.eyes)
    facing = np.dstack([-along, -down, np.ones_like(depth)])
    facing /= np.linalg.norm(facing, axis=2, keepdims=True)
    cosine = np.sqrt(1 - sine**2)
    after = facing @ np.array([[cosine, 0, -sine], [0, 1, 0], [sine, 0, cosine]])
    side = draw.choice([-1.0, 1.0])
    lamps = ((WARM, [side, -0.5, 0.6]), (COLD, [-side, 0.1, 0.4]))
    before, now = (ROOM + sum(_shine(one, *lamp) for lamp in lamps) for one in (facing, after))
    return np.clip(now / before, 1 / MOST, MOST)


def _mottled(head: Head, draw: np.random.Generator) -> np.ndarray:
    """H x W x 1 about 1: spots that pass for skin not seen before."""
    spots = cv2.GaussianBlur(draw.normal(size=head.picture.shape[:2]), (0, 0), SPOT * head.eyes)
    return 1 + (MOTTLED * spots / spots.std())[..., None]


def _shine(facing: np.ndarray, colour: np.ndarray, towards: list[float]) -> np.ndarray:
    lamp = np.array(towards) / np.linalg.norm(towards)
    return LAMP * np.maximum(facing @ lamp, 0)[..., None] * colour


def _moved(points: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """The corners of the mouth, the brows, and a little of everything."""
    moved = draw.normal(0, BENT, points.shape)
    middle = points[MOUTH].mean(axis=0)
    moved[MOUTH] += (points[MOUTH] - middle) * draw.uniform(-GRIMACE, 4 * GRIMACE, 2)
    moved[BROWS, 1] -= draw.uniform(-GRIMACE, GRIMACE)
    return moved

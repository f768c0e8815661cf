"""A head turned, lifted or brought closer, from one picture of it.

Each point of the face is taken to stand out as far as a rounded head with a nose would there, and
moves by that in the direction of the turn. What lies behind the head stays where it is.
"""

import cv2
import numpy as np

from verification.faces.detection import Face
from verification.faces.pose import pose_of

# Lengths are in distances between the eyes, measured from the tip of the nose.
HEAD, HEAD_ACROSS, HEAD_DOWN = 0.80, 0.85, 1.25
NOSE, NOSE_ACROSS, NOSE_DOWN = 0.45, 0.36, 0.45
BRIDGE = 0.12  # how far above its tip the middle of the nose lies
ROUNDS = 12  # of finding where a point came from; each leaves at most 0.8 of the error


def turned(
    picture: np.ndarray,
    face: Face,
    *,
    sideways: float = 0.0,
    upwards: float = 0.0,
    closer: float = 1.0,
) -> np.ndarray:
    """H x W x 3 uint8 RGB. `sideways` (above 0 to the picture's right) and `upwards` are sines of
    the angles, `closer` how many times larger the face gets.
    """
    pose, nose = pose_of(face), face.points[2]
    slope = np.radians(pose.tilt)
    along = np.array([np.cos(slope), np.sin(slope)], np.float32)
    down = np.array([-along[1], along[0]], np.float32)
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = (columns - nose[0]) / closer, (rows - nose[1]) / closer
    seen_u = (x * along[0] + y * along[1]) / pose.eyes
    seen_v = (x * down[0] + y * down[1]) / pose.eyes
    u, v = seen_u, seen_v
    for _ in range(ROUNDS):
        depth = _depth(u, v)
        u, v = seen_u - sideways * depth, seen_v + upwards * depth
    x = nose[0] + pose.eyes * (u * along[0] + v * down[0])
    y = nose[1] + pose.eyes * (u * along[1] + v * down[1])
    return cv2.remap(
        picture, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def _depth(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """How far a face stands out `u` beside and `v` below the tip of its nose."""
    head = HEAD * np.exp(-((u / HEAD_ACROSS) ** 2 + (v / HEAD_DOWN) ** 2) / 2)
    nose = NOSE * np.exp(-((u / NOSE_ACROSS) ** 2 + ((v + BRIDGE) / NOSE_DOWN) ** 2) / 2)
    return head + nose

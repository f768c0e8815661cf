"""The 68 landmarks with the depth of any head, turned in space; the picture follows them."""

import cv2
import numpy as np

from devstack.demo.measuring.warps.head import Head

# How far each landmark stands out before the eyes, in eye distances: a head like any other,
# but flat at the sides, where a deep one would tear the picture.
HALF_JAW = [-0.55, -0.55, -0.50, -0.42, -0.30, -0.15, 0.00, 0.10]
HALF_BROW = [-0.10, 0.10, 0.22, 0.28, 0.30]
DEPTHS = np.array([
    *HALF_JAW, 0.15, *HALF_JAW[::-1],
    *HALF_BROW, *HALF_BROW[::-1],
    0.20, 0.32, 0.45, 0.58, 0.28, 0.36, 0.42, 0.36, 0.28,
    -0.10, 0.02, 0.05, 0.00, 0.02, -0.02, 0.00, 0.05, 0.02, -0.10, -0.02, 0.02,
    0.10, 0.28, 0.42, 0.45, 0.42, 0.28, 0.10, 0.28, 0.38, 0.40, 0.38, 0.28,
    0.15, 0.36, 0.40, 0.36, 0.15, 0.34, 0.38, 0.34,
])  # fmt: skip
NECK = -1.0  # the depth of the axis that a head turns about
AWAY = 7.0  # from the eyes to the camera
STEP = 10  # pixels between the points at which the spline is reckoned
STIFF = 0.02
JAW = slice(0, 17)
HAIR = np.array([[-1.25, -1.2], [-1.0, -1.9], [0, -2.2], [1.0, -1.9], [1.25, -1.2]])
HAIR_DEPTHS = np.array([-0.5, -0.3, -0.2, -0.3, -0.5])
JAW_ROOM = 1.1
SOFT = 0.06  # of the eyes' distance
TRACE = 0.01  # of the mask, above which a pixel belongs to the hole
SMALL = 160  # pixels of height at which the background is painted in


def spun(points: np.ndarray, depths: np.ndarray, sine: float) -> np.ndarray:
    """N x 2: where points of the head are seen after it has turned."""
    cosine, out = np.sqrt(1 - sine**2), depths - NECK
    across = points[:, 0] * cosine + out * sine
    depth = NECK - points[:, 0] * sine + out * cosine
    nearer = (AWAY - depths) / (AWAY - depth)
    return np.column_stack([across, points[:, 1]]) * nearer[:, None]


def spline(at: np.ndarray, values: np.ndarray, head: Head) -> np.ndarray:
    """H x W x K: the thin plate through N x K values at N x 2 points (Bookstein, 1989)."""
    count = len(at)
    plate, ones = _bend(at[:, None] - at[None]), np.column_stack([np.ones(count), at])
    left = np.block([[plate + STIFF * np.eye(count), ones], [ones.T, np.zeros((3, 3))]])
    weights = np.linalg.solve(left, np.vstack([values, np.zeros((3, values.shape[1]))]))
    height, width = head.picture.shape[:2]
    u, v = (each[::STEP, ::STEP] for each in head.grid())
    points = np.column_stack([u.ravel(), v.ravel()])
    known = np.column_stack([_bend(points[:, None] - at[None]), np.ones(len(points)), points])
    coarse = (known @ weights).reshape(*u.shape, -1).astype(np.float32)
    fine = np.float32([[STEP, 0, 0], [0, STEP, 0]])
    drawn = cv2.warpAffine(coarse, fine, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return drawn.reshape(height, width, -1)


def mesh(head: Head, sine: float) -> np.ndarray:
    """The picture drawn along with the landmarks; its edges stay."""
    at = np.vstack([spun(head.marks, DEPTHS, sine), head.corners])
    back = spline(at, np.vstack([head.marks, head.corners]) - at, head)
    u, v = head.grid()
    return head.sampled(u + back[..., 0], v + back[..., 1])


def layer(head: Head, sine: float) -> np.ndarray:
    """The head cut out and turned as a mesh, before a background with the hole painted in."""
    return laid(head, spun(*outline(head), sine), head.picture)


def outline(head: Head) -> tuple[np.ndarray, np.ndarray]:
    """The landmarks and the edge of the hair, N x 2, and their depths."""
    return np.vstack([head.marks, HAIR]), np.concatenate([DEPTHS, HAIR_DEPTHS])


def laid(head: Head, at: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """The cut-out head of `picture` with its points moved to `at`, before its background."""
    points, _depths = outline(head)
    back = spline(at, points - at, head)
    u, v = head.grid()
    u, v = u + back[..., 0], v + back[..., 1]
    mask = cut_out(head)
    over = head.sampled(u, v, mask)[..., None]
    mixed = over * head.sampled(u, v, picture) + (1 - over) * _behind(head, mask)
    return np.clip(np.round(mixed), 0, 255).astype(np.uint8)


def cut_out(head: Head) -> np.ndarray:
    """H x W float32, 1 on the head, with a soft edge."""
    jaw = head.marks[JAW] * JAW_ROOM
    edge = np.vstack([jaw, HAIR]) @ head.axes + head.face.points[2]
    mask = np.zeros(head.picture.shape[:2], np.float32)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(edge).astype(np.int32)), 1.0)
    return cv2.GaussianBlur(mask, (0, 0), SOFT * head.eyes)


def _behind(head: Head, mask: np.ndarray) -> np.ndarray:
    height, width = mask.shape
    size = (round(width * SMALL / height), SMALL)
    hole = (cv2.resize(mask, size) > TRACE).astype(np.uint8)
    small = cv2.inpaint(cv2.resize(head.picture, size), hole, 5, cv2.INPAINT_TELEA)
    painted = cv2.resize(small, (width, height))
    return np.where((mask > 0)[..., None], painted, head.picture)


def _bend(apart: np.ndarray) -> np.ndarray:
    square = (apart**2).sum(axis=-1)
    return square * np.log(square + 1e-9)

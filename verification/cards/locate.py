"""Finds the card's outline in a photo and lays the card straight."""

from dataclasses import dataclass, replace
from itertools import combinations

import cv2
import numpy as np

from verification.cards.layout import ASPECT
from verification.images.arrays import Floats, Picture, Raster

WORKING_SIDE = 640
MIN_AREA = 0.02  # of the photo; a smaller card is not told from other things
SHADOWS = 0.95  # edges also go round the card's shadow: colours, where they tell, are better
MIN_PART = 0.008  # of the photo; smaller blobs are dirt
MOST_PARTS = 4
LEAVING = 0.8  # a card that seems to leave the photo is more often whole, and taken with more
ASPECT_RANGE = (1.25, 2.05)  # of a card seen at an angle
ASPECT_IN_PART = (1.0, 3.2)  # of a card that the photo cuts off
EDGE_MARGIN = 3  # pixels of the working picture: closer to the border is cut off
MOST_OUTLINES = 3
SAME_CORNER = 0.012  # of the card's width: a difference that the reader does not mind
SIDE_MIDDLE = (0.15, 0.85)  # the part of a side that the round corners do not bend


@dataclass(frozen=True)
class Outline:
    """4 x 2 corners in pixels, clockwise, the first side a long one; `score` 0 to 1."""

    corners: Floats
    score: float
    cut_off: bool

    @property
    def width(self) -> float:
        """Of the longer sides, in pixels of the photo."""
        top, bottom = self.corners[1] - self.corners[0], self.corners[3] - self.corners[2]
        return float(np.hypot(*top) + np.hypot(*bottom)) / 2


def find_outlines(photo: Picture) -> list[Outline]:
    """The card-like quadrilaterals of an H x W x 3 uint8 RGB photo: at most 3, the best first."""
    scale = WORKING_SIDE / max(photo.shape[:2])
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    *by_colour, edges = (_outline_of(mask) for mask in _masks(small))
    by_edges = edges and replace(edges, score=SHADOWS * edges.score)
    found = [outline for outline in (*by_colour, by_edges) if outline is not None]
    found.sort(key=lambda outline: outline.score, reverse=True)
    different = [
        outline
        for place, outline in enumerate(found)
        if not any(_alike(outline, better) for better in found[:place])
    ]
    return [
        Outline(outline.corners / scale, outline.score, outline.cut_off)
        for outline in different[:MOST_OUTLINES]
    ]


def _alike(one: Outline, other: Outline) -> bool:
    away = np.hypot(*(one.corners - other.corners).T)
    return bool(away.max() < SAME_CORNER * other.width)


def _masks(small: Raster) -> list[Raster]:
    """Guesses of which pixels are card: unlike the border's colour, blue, light, within edges."""
    lab = cv2.cvtColor(cv2.GaussianBlur(small, (0, 0), 2), cv2.COLOR_RGB2LAB).astype(np.float32)
    border = np.concatenate([lab[:6].reshape(-1, 3), lab[-6:].reshape(-1, 3),
                             lab[:, :6].reshape(-1, 3), lab[:, -6:].reshape(-1, 3)])  # fmt: skip
    spread = border.std(axis=0) + 4
    away = ((lab - np.median(border, axis=0)) / spread) ** 2
    unlike = np.sqrt(away[:, :, 0] + away[:, :, 1] + away[:, :, 2])
    edges = cv2.Canny(cv2.GaussianBlur(small, (0, 0), 1.5), 30, 90)
    edges = cv2.dilate(edges, np.ones((3, 3), np.uint8), iterations=2)
    blue, light = np.clip(136 - lab[:, :, 2], 0, 60) * 4, lab[:, :, 0]
    return [
        _clean(_otsu(np.clip(unlike * 12, 0, 255))),
        _clean(_otsu(blue)),
        _clean(_otsu(light)),
        _clean(_otsu(blue * light / 255)),
        255 - edges,
        edges,
    ]


def _otsu(values: Raster) -> Raster:
    _, mask = cv2.threshold(values.astype(np.uint8), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return mask


def _clean(mask: Raster) -> Raster:
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))


def _outline_of(mask: Raster) -> Outline | None:
    """The best of the large blobs and of any of them together: a dark stripe parts a card."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    large = [one for one in contours if cv2.contourArea(one) > MIN_PART * mask.size]
    large = sorted(large, key=cv2.contourArea, reverse=True)[:MOST_PARTS]
    hulls = [cv2.convexHull(one) for one in large]
    together = (
        np.concatenate(parts)
        for count in range(1, len(large) + 1)
        for parts in combinations(hulls, count)
    )
    outlines = [_fit(contour, mask.shape) for contour in together]
    fitting = [one for one in outlines if one is not None and one.score > 0]
    return max(fitting, key=lambda one: one.score, default=None)


def _fit(contour: Raster, shape: tuple[int, int]) -> Outline | None:
    """Four straight sides around a contour, judged by how well they fill it and by their shape."""
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    if area < MIN_AREA * shape[0] * shape[1]:
        return None
    rough = cv2.approxPolyN(hull, 4, ensure_convex=True).reshape(4, 2).astype(np.float32)
    corners = _long_side_first(_refined(rough, hull.reshape(-1, 2).astype(np.float32)))
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    aspect = (sides[0] + sides[2]) / max(1.0, sides[1] + sides[3])
    leaves = _leaves(corners, shape)
    least, most = ASPECT_IN_PART if leaves else ASPECT_RANGE
    if not least <= aspect < most:
        return None
    quad_area = max(1.0, cv2.contourArea(corners))
    filled = min(area, quad_area) / max(area, quad_area)
    shape_fit = max(0.1, 1 - abs(aspect - ASPECT) / ASPECT)
    size = min(1.0, quad_area / (0.25 * shape[0] * shape[1]))
    inside = LEAVING if leaves else 1.0
    whole = quad_area < 0.97 * shape[0] * shape[1]
    return Outline(corners, filled * shape_fit * (0.6 + 0.4 * size) * whole * inside, leaves)


def _refined(rough: Floats, hull: Floats) -> Floats:
    """Fit each side to the hull's points near its middle: the corners are round and say nothing."""
    dense = _dense(hull)
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        along = end - start
        length = max(1.0, float(np.hypot(*along)))
        offset = dense - start
        share = offset @ along / length**2
        away = np.abs(offset[:, 0] * along[1] - offset[:, 1] * along[0]) / length
        near = dense[(share > SIDE_MIDDLE[0]) & (share < SIDE_MIDDLE[1]) & (away < 0.05 * length)]
        points = near if len(near) > 8 else np.array([start, end])  # noqa: PLR2004 - enough to fit
        lines.append(cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    corners = [_cross(lines[place - 1], lines[place]) for place in range(4)]
    found = np.array(corners, np.float32)
    return found if np.abs(found - rough).max() < 0.2 * np.ptp(rough) else rough


def _dense(hull: Floats) -> Floats:
    """Points every pixel along the hull: a convex hull keeps only the ends of straight parts."""
    along = np.roll(hull, -1, axis=0) - hull
    steps = np.maximum(1, np.hypot(*along.T).astype(int))
    side = np.repeat(np.arange(len(hull)), steps)
    step = np.arange(len(side)) - (np.cumsum(steps) - steps)[side]
    points: Floats = hull[side] + along[side] * (step / steps[side])[:, None].astype(np.float32)
    return points


def _cross(one: Raster, other: Raster) -> Floats:
    """Where two lines (direction, point) meet; far away where they are nearly parallel."""
    matrix = np.array([[one[0], -other[0]], [one[1], -other[1]]], np.float64)
    if abs(np.linalg.det(matrix)) < 1e-6:  # noqa: PLR2004 - nearly parallel
        return np.array([1e6, 1e6])
    share = np.linalg.solve(matrix, other[2:] - one[2:])[0]
    point: Floats = one[2:] + share * one[:2]
    return point


def _long_side_first(corners: Floats) -> Floats:
    """Clockwise on the screen, beginning with the upper of the long sides."""
    middle = corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    sides = np.hypot(*(np.roll(clockwise, -1, axis=0) - clockwise).T)
    if sides[0] + sides[2] < sides[1] + sides[3]:
        clockwise = np.roll(clockwise, -1, axis=0)
    if clockwise[:2, 1].mean() > clockwise[2:, 1].mean():
        clockwise = np.roll(clockwise, 2, axis=0)
    return clockwise


def _leaves(corners: Floats, shape: tuple[int, int]) -> bool:
    x, y = corners.T
    inside = (x > EDGE_MARGIN) & (y > EDGE_MARGIN)
    inside &= (x < shape[1] - EDGE_MARGIN) & (y < shape[0] - EDGE_MARGIN)
    return not bool(inside.all())

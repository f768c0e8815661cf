"""What lies around the card: a screen's dark rim, and the corners that scissors leave."""

from typing import NamedTuple

import cv2
import numpy as np

from verification.cards.layout import ASPECT, WIDTH
from verification.cards.registration.fitting import moved
from verification.images.arrays import Floats, Mask, Picture

SIDE = 500  # pixels of the card's width here
MARGIN = 175  # of ground around it
SOFTENED = 1.0
FAR = 30_000  # pixels: what OpenCV can draw
MIDDLE = (0.12, 0.88)  # of a side: its ends are round
# Of the card's light: darker than any table is, and lighter than any rim.
DARK, WHITE = 0.2, 90
NEAREST, THICK = 10, 6  # pixels: where a rim can begin, how thick it is at least
RIM_SLOPES = np.arange(-0.3, 0.31, 0.03)
FEWEST = 8  # places that make a line
STRAIGHT = 4.0  # pixels that a rim may stray from its line
SIDES_ASKED = 3  # of the rim
REACH, STEP = 17, 3  # pixels: how far the card's edge is from its place; what an edge's light is
EDGE_SLOPES = np.arange(-0.03, 0.031, 0.003)
OUTERMOST = 0.6  # of the plainest change: what is farther in is print
PLAIN_EDGE, ON_LINE, MOSTLY = 8.0, 2.0, 0.35  # colours apart; pixels; of a side
# Of the card's width, from the crossing of its edges: within a square corner and outside of a round
# one, on the ground, on the card.
CORNER = (0.0055, 0.0055)
GROUND = ((-0.014, 0.02), (0.02, -0.014), (-0.012, -0.012))
CARD = ((0.03, 0.014), (0.014, 0.03), (0.02, 0.02))
TOLD_APART = 14.0  # colours that card and ground are apart, at least
CORNERS_ASKED = 2
OFF = 0.02  # of its length: how far a side may be off
Edge = tuple[float, float]  # its slope, and its row in the middle


class Around(NamedTuple):
    """The card with its surroundings: H x W x 3, uint8 RGB and float32 Lab, and H x W: where the
    photo shows them.
    """

    picture: Picture
    lab: Floats
    shown: Mask


def surroundings(photo: Picture, view: Floats) -> Around:
    """By a map from pixels of the photo to pixels of the straight card."""
    scale = SIDE / WIDTH
    here = np.array([[scale, 0, MARGIN], [0, scale, MARGIN], [0, 0, 1]]) @ view
    size = SIDE + 2 * MARGIN, round(SIDE / ASPECT) + 2 * MARGIN
    picture = cv2.warpPerspective(photo, here, size, flags=cv2.INTER_AREA)
    high, wide = photo.shape[:2]
    frame = moved(np.array([[0, 0], [wide, 0], [wide, high], [0, high]]), here)
    shown = np.zeros(size[::-1], np.uint8)
    cv2.fillConvexPoly(shown, np.round(frame).clip(-FAR, FAR).astype(np.int32), 1)
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), SOFTENED), np.uint8)
    lab = cv2.cvtColor(soft, cv2.COLOR_RGB2LAB).astype(np.float32)
    return Around(soft, lab, cv2.erode(shown, np.ones((3, 3), np.uint8)) > 0)


def dark_rim(around: Around) -> float:
    """How much of three sides is followed by a dark straight rim, as a phone or monitor has around
    its picture: 0 to 1. Nothing is told of a screen that fills the photo.
    """
    red, green, blue = cv2.split(around.picture)
    light = cv2.max(cv2.max(red, green), blue)
    card = light[MARGIN:-MARGIN, MARGIN:-MARGIN]
    dark = (light < DARK * np.percentile(card[::4, ::4], WHITE)) & around.shown
    return sorted((_rim(_outwards(dark, side)) for side in range(4)), reverse=True)[SIDES_ASKED - 1]


def _outwards(of: Mask, side: int) -> Mask:
    """The ground beside one side, its first row next to the card."""
    turned = np.rot90(of, side)
    left, right = (MARGIN + share * (turned.shape[1] - 2 * MARGIN) for share in MIDDLE)
    beside: Mask = turned[:MARGIN, round(left) : round(right)][::-1]
    return beside


def _rim(dark: Mask) -> float:
    """The share of columns in which a dark band begins on one line, after something lighter."""
    runs = cv2.erode(dark.astype(np.uint8), np.ones((THICK, 1), np.uint8), anchor=(0, 0),
                     borderType=cv2.BORDER_CONSTANT, borderValue=0)[NEAREST:]  # fmt: skip
    begins = runs.argmax(axis=0) + NEAREST
    before = np.cumsum(dark, axis=0)[begins - 1, np.arange(dark.shape[1])]
    found = runs.any(axis=0) & (before < DARK * begins)
    if not found.any():
        return 0.0
    return _on_a_line(begins, found, RIM_SLOPES, STRAIGHT)[0]


def _on_a_line(
    places: Floats, counted: Mask, slopes: Floats, near: float
) -> tuple[float, float, float]:
    """Of lines with these slopes the one on which most places lie: the share of them, its slope,
    and its place in the middle.
    """
    along = np.arange(len(places)) - len(places) / 2
    level = places - slopes[:, None] * along
    middles = np.median(level[:, counted], axis=1)
    on_it = (np.abs(level - middles[:, None]) < near) & counted
    best = on_it[on_it.sum(axis=1).argmax()]
    if best.sum() < FEWEST:
        return 0.0, 0.0, 0.0
    slope, middle = np.polyfit(along[best], places[best], 1)
    return float(best.mean()), float(slope), float(middle)


def edges_of(around: Around) -> list[Edge | None]:
    """The card's upper, right, lower and left edge, each as the upper one once it is turned up;
    None where card and ground look alike.
    """
    return _fitting([_edge(np.rot90(around.lab, side)) for side in range(4)])


def right_end(edges: list[Edge | None]) -> float | None:
    """Where the card ends, in pixels of the straight card."""
    right = edges[1]
    return right and WIDTH * (1 + (MARGIN - right[1]) / SIDE)


def square_corners(around: Around, edges: list[Edge | None]) -> float:
    """How square the second squarest of the card's corners is: 0 as round as all cards' corners, 1
    as scissors cut. 0 as well where that is not seen.
    """
    filled = [
        _filled(
            np.rot90(around.lab, side), np.rot90(around.shown, side), edges[side], edges[side - 1]
        )
        for side in range(4)
    ]
    told = sorted((one for one in filled if one is not None), reverse=True)
    return float(np.clip(told[CORNERS_ASKED - 1], 0, 1)) if len(told) >= CORNERS_ASKED else 0.0


def _fitting(edges: list[Edge | None]) -> list[Edge | None]:
    """Without those that lie closer to or farther from the opposite one than a card's edges do:
    lines of print were taken for them.
    """
    sizes = (SIDE / ASPECT, SIDE, SIDE / ASPECT, SIDE)
    return [
        one if one and other and abs(2 * MARGIN - one[1] - other[1]) < OFF * size else None
        for one, other, size in zip(edges, edges[2:] + edges[:2], sizes, strict=True)
    ]


def _edge(lab: Floats) -> Edge | None:
    """The card's upper edge: its slope, and its row in the picture's middle."""
    left, right = (MARGIN + share * (lab.shape[1] - 2 * MARGIN) for share in MIDDLE)
    first = MARGIN - REACH - STEP
    band = lab[first : MARGIN + REACH + STEP, round(left) : round(right)]
    change = band[2 * STEP :] - band[: -2 * STEP]
    apart = np.sqrt(np.einsum("ijk,ijk->ij", change, change))
    plain = apart.max(axis=0) > PLAIN_EDGE
    if plain.mean() < MOSTLY:
        return None
    highest = cv2.dilate(apart, np.ones((3, 1), np.uint8))
    peaks = (apart == highest) & (apart > OUTERMOST * apart.max(axis=0))
    rows = peaks.argmax(axis=0) + first + STEP
    share, slope, row = _on_a_line(rows, plain, EDGE_SLOPES, ON_LINE)
    return (slope, row) if share > MOSTLY else None


def _filled(lab: Floats, shown: Mask, upper: Edge | None, left: Edge | None) -> float | None:
    """Whether card (1) or ground (0) is in the upper left corner; None where that is not told.

    `left` is the left edge as the upper one of the picture turned right about.
    """
    if upper is None or left is None:
        return None
    high, wide = lab.shape[:2]
    x, y = float(MARGIN), float(MARGIN)
    for _ in range(2):
        y = upper[1] + upper[0] * (x - wide / 2)
        x = left[1] + left[0] * (high / 2 - y)
    spots = np.array([CORNER, *GROUND, *CARD]) * SIDE + [x, y]
    columns, rows = np.round(spots).astype(int).T
    if not shown[rows, columns].all():
        return None
    colours = np.array([lab[row - 1 : row + 2, column - 1 : column + 2].mean(axis=(0, 1))
                        for row, column in zip(rows, columns, strict=True)])  # fmt: skip
    ground, card = colours[1:4], colours[4:]
    if np.linalg.norm(card.mean(axis=0) - ground.mean(axis=0)) < TOLD_APART:
        return None
    from_ground, from_card = (
        float(np.linalg.norm(those - colours[0], axis=1).min()) for those in (ground, card)
    )
    return from_ground / (from_ground + from_card)

"""Lays points over points: a projective map near to one that is guessed."""

from itertools import combinations

import cv2
import numpy as np

from verification.images.arrays import Floats

FAR, NEAR = 0.06, 0.012  # of the card's width: may be the same point; is the same point
ROUNDS = 6
# How much the eight numbers of a map are held to the guess: move, turn and scale are not.
STIFFNESS = np.array([0, 1, 0, 1, 0, 0, 3, 3]) * 5e-3
FEWEST = 3


def fit(seen: Floats, known: Floats) -> tuple[Floats, Floats] | None:
    """The 3 x 3 map from N x 2 `seen` to N x 2 `known` points that most agree with, some being
    wrong, and which do (N bool). Both in units of the card's width. None where too few agree.
    """
    best = _best_turn(seen, known)
    if best is None:
        return None
    turned, view = moved(seen, best), best
    for step in range(ROUNDS):
        tolerance = FAR + (NEAR - FAR) * step / (ROUNDS - 1)
        agree = np.hypot(*(moved(seen, view) - known).T) < tolerance
        if agree.sum() < FEWEST:
            return None
        view = _least_squares(turned[agree], known[agree]) @ best
    away = np.hypot(*(moved(seen, view) - known).T)
    return view, away < NEAR


def moved(points: Floats, view: Floats) -> Floats:
    laid: Floats = cv2.perspectiveTransform(points[None].astype(np.float64), view)[0]
    return laid


def _best_turn(seen: Floats, known: Floats) -> Floats | None:
    """Of the maps that lay two points over theirs by turn and scale, the one most agree with."""
    one, other = seen @ [1, 1j], known @ [1, 1j]
    best, most = None, FEWEST - 0.5
    for first, second in combinations(range(len(one)), 2):
        base = one[second] - one[first]
        if abs(base) < FAR:
            continue
        scale = (other[second] - other[first]) / base
        away = np.abs((one - one[first]) * scale + other[first] - other)
        agree = np.clip(1 - away / FAR, 0, 1).sum()
        if agree > most:
            move = other[first] - one[first] * scale
            best, most = _as_matrix(scale, move), agree
    return best


def _as_matrix(scale: complex, move: complex) -> Floats:
    return np.array([[scale.real, -scale.imag, move.real],
                     [scale.imag, scale.real, move.imag], [0, 0, 1]])  # fmt: skip


def _least_squares(seen: Floats, known: Floats) -> Floats:
    """A map near the identity, the stiffer in perspective and shear the fewer points there are.

    Numbers: turn and scale in two, shear and stretch in two, move in two, perspective in two.
    """
    x, y = (seen - [0.5, 0.3]).T
    zero, one = np.zeros_like(x), np.ones_like(x)
    across = np.stack([x, x, -y, -y, one, zero, -x * x, -x * y], axis=1)
    down = np.stack([y, -y, x, -x, zero, one, -x * y, -y * y], axis=1)
    system = np.vstack([across, down])
    wanted = np.concatenate([known[:, 0] - seen[:, 0], known[:, 1] - seen[:, 1]])
    numbers = np.linalg.solve(system.T @ system + np.diag(STIFFNESS + 1e-9), system.T @ wanted)
    scale, stretch, turn, shear, right, down_by, tip_x, tip_y = numbers
    centre = np.array([[1, 0, -0.5], [0, 1, -0.3], [0, 0, 1]])
    view = np.array([[1 + scale + stretch, -turn - shear, right],
                     [turn - shear, 1 + scale - stretch, down_by], [tip_x, tip_y, 1]])  # fmt: skip
    near: Floats = np.linalg.inv(centre) @ view @ centre
    return near

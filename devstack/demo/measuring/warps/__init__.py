"""Turned heads made of one picture, as somebody would who has no more than a photo of his victim.

From the plainest to the most careful; each takes a head and the sine of an angle, above 0 to the
picture's right.
"""

from collections.abc import Callable

import numpy as np

from devstack.demo.measuring.warps.adaptive import adaptive
from devstack.demo.measuring.warps.head import Head
from devstack.demo.measuring.warps.mesh import layer, mesh
from devstack.demo.measuring.warps.whole import bump, ellipsoid, plane, portal
from verification.faces.engine import find_faces
from verification.faces.pose import pose_of

Warp = Callable[[Head, float], np.ndarray]

WHOLE: dict[str, Warp] = {
    "plane": plane,
    "portal": portal,
    "bump": bump,
    "ellipsoid": ellipsoid,
}
CUT: dict[str, Warp] = {"mesh": mesh, "layer": layer, "adaptive": adaptive}
WARPS = WHOLE | CUT

FURTHEST = {"plane": 0.85, "bump": 0.9, "ellipsoid": 0.8}  # sines; beyond them a face falls apart
OTHERS_FURTHEST = 0.6
HALVINGS = 4


def turned_to(warp: Warp, head: Head, turn: float) -> np.ndarray:
    """The warped picture in which the face comes nearest to this Pose.turn against the first."""
    side, low, high = np.sign(turn), 0.0, FURTHEST.get(warp.__name__, OTHERS_FURTHEST)
    best, least = head.picture, abs(turn)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        made = warp(head, side * middle)
        found = find_faces(made)
        reached = side * (pose_of(found[0]).turn - pose_of(head.face).turn) if found else np.inf
        if abs(abs(turn) - reached) < least:
            best, least = made, abs(abs(turn) - reached)
        low, high = (middle, high) if reached < abs(turn) else (low, middle)
    return best

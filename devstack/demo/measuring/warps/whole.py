"""Warps of the whole picture by one formula."""

import numpy as np

from devstack.demo.measuring.warps.head import Head
from devstack.demo.specimens.turning import turned

# Lengths are in distances between the eyes.
NEAR = 5.0  # from the camera to a print that is held before it, about 30 cm
NOSE, PUSHED = 0.40, 0.65
ACROSS, TALL, DEEP = 1.05, 1.6, 1.25  # half axes
ABOVE_TIP = 0.35  # how far above the tip of the nose the middle of the head lies


def plane(head: Head, sine: float) -> np.ndarray:
    """A print turned about its upright middle before a near camera."""
    cosine = np.sqrt(1 - sine**2)
    u, v = head.grid()
    flat = u * NEAR / np.maximum(NEAR * cosine - u * sine, 0.1)
    return head.sampled(flat, v * (NEAR + flat * sine) / NEAR)


def portal(head: Head, sine: float) -> np.ndarray:
    """As the portal's own sample pictures turn: a rounded head with a nose, moved by its depth."""
    return turned(head.picture, head.face, sideways=sine)


def bump(head: Head, sine: float) -> np.ndarray:
    """Nothing but the nose is pushed aside."""
    u, v = head.grid()
    near = np.exp(-(u**2 + v**2) / (2 * NOSE**2))
    return head.sampled(u - PUSHED * sine * near, v)


def ellipsoid(head: Head, sine: float) -> np.ndarray:
    """The picture laid on an ellipsoid that is turned; its rim is drawn over what was behind it."""
    u, v = head.grid()
    x, y = u / ACROSS, (v + ABOVE_TIP) / TALL
    edge = np.sqrt(np.maximum(1 - y**2, 0))
    cosine, steep, side = np.sqrt(1 - sine**2), DEEP / ACROSS * sine, np.sign(sine)
    seen = side * np.maximum(side * x, -edge * cosine / np.hypot(cosine, steep))
    from_x = seen * cosine - steep * np.sqrt(np.maximum(edge**2 - seen**2, 0))
    moved = np.clip(from_x, -edge, edge) - x
    return head.sampled(u + ACROSS * np.where(x**2 + y**2 < 1, moved, 0), v)

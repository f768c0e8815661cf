"""A person before a phone whose screen shows one colour after the other: rendered frames.

Adverse on purpose: the camera weighs the white anew in each frame, the head moves a little, the
lamp of the room burns on.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from devstack.demo.specimens.portraits import Sitting
from devstack.demo.specimens.rendering import Moved
from devstack.demo.specimens.screen import Screen
from verification.faces.colours import COLOURS

FRAME = (240, 320)
SWAY = 0.02  # radians, between two frames
FLICKER = 0.01  # by which a camera's own judgement of brightness goes astray


def coloured_frames(
    path: Path, colours: Sequence[str], *, share: float, seed: int, white: float = 0.3
) -> list[np.ndarray]:
    """H x W x 3 uint8 RGB, one for each colour. `share`: as Screen has it. `white`: how much of a
    tint over the whole picture the camera takes away, 0 to 1.
    """
    sitting = Sitting(path, np.random.default_rng(seed), FRAME)
    lamp, draw = sitting.lamp, sitting.draw
    neutral = sitting.taken().mean(axis=(0, 1))
    frames = []
    for colour in colours:
        sitting.lamp = replace(lamp, screen=Screen(COLOURS[colour], share))
        yaw, pitch = draw.normal(0, SWAY, 2)
        taken = sitting.taken(Moved(yaw=yaw, pitch=pitch, mimic=sitting.mimic()))
        taken *= (neutral / taken.mean(axis=(0, 1))) ** white * draw.normal(1, FLICKER)
        coded = cv2.imencode(".jpg", np.clip(taken, 0, 255).astype(np.uint8)[:, :, ::-1])[1]
        frames.append(cv2.imdecode(coded, cv2.IMREAD_COLOR)[:, :, ::-1].copy())
    return frames

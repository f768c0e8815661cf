"""Whether something lies over mouth and nose, or before the eyes: a mask, a scarf, dark glasses.

What is seen is compared with the same face's forehead and nose bridge, in the logarithms of red,
green and blue: their differences stay the same under any light that falls on skin, dark or fair.
Skin, lips, nostrils and the line between the lips speak for an open face. Hair, a head scarf, a
beard or paint on the lips change one of these, a mask changes them all.
docs/verification.md has the figures, and how the weights and bounds came about.
"""

import cv2
import numpy as np

from verification.faces.alignment import brow_to_chin
from verification.faces.detection import Face
from verification.images.arrays import Floats, Picture

DARKEST = 8  # added to each value: noise in the dark has no colour
FOREHEAD, BRIDGE = np.s_[8:17, 29:43], np.s_[24:29, 31:41]
NOSE, NOSTRILS = np.s_[36:44, 31:41], np.s_[43:52, 26:46]
UPPER_LIP, LIPS, CHIN = np.s_[50:55, 28:44], np.s_[54:72, 24:48], np.s_[74:82, 28:44]
MOUTH = np.s_[54:72, 28:44]
BELOW_EYES = (np.s_[27:31, 13:25], np.s_[27:31, 47:59])
EYES = (np.s_[16:30, 12:26], np.s_[16:30, 46:60])
SKIN = (np.s_[36:46, 32:40], np.s_[40:50, 12:24], np.s_[40:50, 48:60])
# What each sign counts, and from where to where it grows. The weights are a logistic regression's;
# a sum above 0.75, as 2 in 100 open faces have of the people it was fitted on, is a cover.
WEIGHTS = {"lips": -3.2, "line": -3.0, "nostrils": -3.2, "strange": 7.4, "pale": 5.1}
RANGES = {
    "lips": (0.0, 0.3),
    "line": (0.0, 0.3),
    "nostrils": (0.0, 0.6),
    "strange": (0.0, 0.4),
    "pale": (-0.1, 0.4),
}
NOTHING_SEEN = 1.0
SURELY_OPEN, SURELY_COVERED = -0.45, 1.55
LENS_IS_WIDE = 0.2  # in the logarithm: a lens darkens the cheek below the eye, a shadow less
SURELY_DARK, SURELY_CLEAR = -0.38, -0.18


def openness(picture: Picture, face: Face) -> tuple[float, float]:
    """How surely the lower face, and the eyes, are open to be seen: 0 to 1 each, below 0.4 covered.

    `picture` is H x W x 3 uint8 RGB, the face near upright and looking ahead.
    """
    part = cv2.GaussianBlur(brow_to_chin(picture, face.points), (0, 0), 1.0)
    logs = np.log(part.astype(np.float32) + DARKEST)
    light = logs.mean(axis=2)
    tint = logs[..., ::2] - logs[..., 1:2]  # red and blue against green
    return (
        1 - _share(_cover(light, tint), SURELY_OPEN, SURELY_COVERED),
        _share(_lenses(light), SURELY_DARK, SURELY_CLEAR),
    )


def _cover(light: Floats, tint: Floats) -> float:
    total = NOTHING_SEEN
    for name, value in signs(light, tint).items():
        total += WEIGHTS[name] * _share(value, *RANGES[name])
    return total


def signs(light: Floats, tint: Floats) -> dict[str, float]:
    """Of a face's light (100 x 72) and tint (100 x 72 x 2): how much redder the lips are than what
    is around them, how much darker the line between them and the nostrils; how far the tint above
    and below the mouth lies from the forehead's, and how much less red it is there.
    """
    forehead = np.median(np.concatenate([_flat(tint[FOREHEAD]), _flat(tint[BRIDGE])]), axis=0)
    around = [np.median(_flat(tint[place]), axis=0) for place in (UPPER_LIP, CHIN)]
    red = np.median(np.concatenate([_flat(tint[UPPER_LIP]), _flat(tint[CHIN])])[:, 0])
    rows = light[MOUTH].mean(axis=1)
    return {
        "lips": np.percentile(tint[LIPS][..., 0], 90) - red,
        "line": np.median(rows) - rows.min(),
        "nostrils": np.median(light[NOSE]) - np.percentile(light[NOSTRILS], 5),
        "strange": max(np.hypot(*(one - forehead)) for one in around),
        "pale": min(forehead[0] - one[0] for one in around),
    }


def _lenses(light: Floats) -> float:
    """How light the eyes and what is below them are against nose and cheeks."""
    skin = np.median(np.concatenate([light[place].ravel() for place in SKIN]))
    below = np.median(np.concatenate([light[place].ravel() for place in BELOW_EYES]))
    lightest = max(np.percentile(light[place], 90) for place in EYES)
    return float(max(below + LENS_IS_WIDE, lightest) - skin)


def _flat(tint: Floats) -> Floats:
    return tint.reshape(-1, 2)


def _share(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))

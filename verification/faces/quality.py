"""Whether a selfie will do, in the terms of ISO/IEC 29794-5: one number and the best hint."""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from verification.faces.detection import Face, square
from verification.faces.pose import pose_of


class Hint(StrEnum):
    """What to do better. The codes are stored with findings."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    TOO_FAR = "too_far"
    CUT_OFF = "cut_off"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TURNED_AWAY = "turned_away"
    EYES_CLOSED = "eyes_closed"


@dataclass(frozen=True)
class Quality:
    """`unified` is 0 to 100, the weakest of the `measures` (each 0 to 1), as a chain is judged."""

    face_count: int
    unified: float
    hint: Hint | None
    measures: dict[Hint, float]


GOOD_ENOUGH = 0.4  # below it, the weakest measure is worth a hint
SECOND_FACE_SHARE = 0.5  # a face in the background this much smaller is no second person
JUDGED_SIDE = 200
GLARING = 250
LEFT_EYE, RIGHT_EYE = range(36, 42), range(42, 48)


def assess(picture: np.ndarray, faces: list[Face]) -> Quality:
    """Judge an H x W x 3 uint8 RGB picture with the faces found in it, the largest first."""
    if not faces:
        return Quality(0, 0.0, Hint.NO_FACE, {})
    near = [face for face in faces if face.height > SECOND_FACE_SHARE * faces[0].height]
    if len(near) > 1:
        return Quality(len(near), 0.0, Hint.SEVERAL_FACES, {})
    measures = _measures(picture, faces[0])
    weakest = min(measures, key=measures.__getitem__)
    hint = weakest if measures[weakest] < GOOD_ENOUGH else None
    return Quality(1, round(100 * measures[weakest], 1), hint, measures)


def _measures(picture: np.ndarray, face: Face) -> dict[Hint, float]:
    left, top, right, bottom = face.box
    height, width = picture.shape[:2]
    pose = pose_of(face)
    crop, _origin, _side = square(picture, ((left + right) / 2, (top + bottom) / 2), bottom - top)
    grey = cv2.cvtColor(cv2.resize(crop, (JUDGED_SIDE, JUDGED_SIDE)), cv2.COLOR_RGB2GRAY)
    inner = grey[JUDGED_SIDE // 5 : -JUDGED_SIDE // 10, JUDGED_SIDE // 4 : -JUDGED_SIDE // 4]
    light = float(inner.mean())
    outside = max(0.0, -left, -top, right - width, bottom - height) / (right - left)
    return {
        Hint.TOO_FAR: _rise(pose.eyes, 20, 70),
        Hint.CUT_OFF: 1 - _rise(outside, 0.0, 0.25),
        Hint.TOO_DARK: _rise(light, 25, 90),
        Hint.TOO_BRIGHT: 1 - _rise(float((inner > GLARING).mean()), 0.02, 0.30),
        Hint.BLURRED: _rise(_detail(inner), 2.5, 8.0),
        Hint.TURNED_AWAY: 1 - _rise(max(abs(pose.turn) / 0.35, abs(pose.tilt) / 35), 0.4, 1.4),
        Hint.EYES_CLOSED: _rise(_openness(face), 0.06, 0.18),
    }


def _detail(grey: np.ndarray) -> float:
    """How much fine structure a face shows: the spread of the Laplacian, in grey levels."""
    return float(cv2.Laplacian(grey, cv2.CV_32F, ksize=3).std())


def _openness(face: Face) -> float:
    """Height of the eyes over their width, the wider open of the two."""
    ratios = []
    for eye in (LEFT_EYE, RIGHT_EYE):
        outer, upper1, upper2, inner, lower1, lower2 = face.landmarks[list(eye)]
        opening = np.hypot(*(upper1 - lower2)) + np.hypot(*(upper2 - lower1))
        ratios.append(opening / (2 * max(1.0, np.hypot(*(outer - inner)))))
    return float(max(ratios))


def _rise(value: float, low: float, high: float) -> float:
    """0 at `low`, 1 at `high`, straight between."""
    return float(np.clip((value - low) / (high - low), 0, 1))

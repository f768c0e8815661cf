"""Whether a selfie will do, in the terms of ISO/IEC 29794-5: one number and the best hint."""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from verification.faces import models
from verification.faces.covering import openness
from verification.faces.detection import Face, find_faces, square
from verification.faces.engine import Embedding, embed
from verification.faces.pose import Pose, pose_of
from verification.images.arrays import Picture, Raster


class Hint(StrEnum):
    """What to do better. The codes are stored with findings."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    TOO_FAR = "too_far"
    NOT_UPRIGHT = "not_upright"
    CUT_OFF = "cut_off"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    TURNED_AWAY = "turned_away"
    EYES_CLOSED = "eyes_closed"
    COVERED = "covered"
    DARK_GLASSES = "dark_glasses"


@dataclass(frozen=True)
class Quality:
    """`unified` is 0 to 100, the weakest of the `measures` (each 0 to 1), as a chain is judged."""

    face_count: int
    unified: float
    hint: Hint | None
    measures: dict[Hint, float]


GOOD_ENOUGH = 0.4  # below it, the weakest measure is worth a hint
EXCUSES_EYES = 0.7  # below it, another measure explains why no open eye is seen
COVERS = (Hint.COVERED, Hint.DARK_GLASSES)
NOT_OF_THE_PICTURE = (*COVERS, Hint.EYES_CLOSED)  # a bad picture fails these measures, too
SECOND_FACE_SHARE = 0.5  # a face in the background this much smaller is no second person
JUDGED_SIDE = 200
GLARING = 250
NIGHT = 25  # the mean grey level below which no face can be made out
EYE_SIDE = 24
EYE_SHARE = 0.45  # of the eyes' distance: the square that tells open from shut most surely
WEAK, STRONGER = 3.0, 0.5  # strengths: when to look at the picture turned, and what that must gain


def assess(picture: Picture, faces: list[Face], *, embedding: Embedding | None = None) -> Quality:
    """Judge an H x W x 3 uint8 RGB picture with the faces found in it, the largest first.

    `embedding` is the first one's, which is worked out where it is not given.
    """
    if not faces:
        return Quality(0, 0.0, Hint.TOO_DARK if picture.mean() < NIGHT else Hint.NO_FACE, {})
    near = [face for face in faces if face.height > SECOND_FACE_SHARE * faces[0].height]
    if len(near) > 1:
        return Quality(len(near), 0.0, Hint.SEVERAL_FACES, {})
    if not _upright(picture, embedding or embed(picture, faces[0])):
        return Quality(1, 0.0, Hint.NOT_UPRIGHT, {})
    measures = _measures(picture, faces[0])
    unified = min(measures.values())
    hint = _hint(measures) if unified < GOOD_ENOUGH else None
    return Quality(1, round(100 * unified, 1), hint, measures)


def _hint(measures: dict[Hint, float]) -> Hint:
    """The weakest measure; but a face seems covered, and its eyes closed, in a bad picture, too."""
    others = {key: value for key, value in measures.items() if key not in NOT_OF_THE_PICTURE}
    weakest = min(others, key=others.__getitem__)
    cover = min(COVERS, key=measures.__getitem__)
    if others[weakest] >= GOOD_ENOUGH > measures[cover]:
        return cover
    return weakest if others[weakest] < EXCUSES_EYES else Hint.EYES_CLOSED


def _measures(picture: Picture, face: Face) -> dict[Hint, float]:
    left, top, right, bottom = face.box
    height, width = picture.shape[:2]
    pose = pose_of(face)
    crop, _origin, _side = square(picture, ((left + right) / 2, (top + bottom) / 2), bottom - top)
    grey = cv2.cvtColor(
        cv2.resize(crop, (JUDGED_SIDE, JUDGED_SIDE), interpolation=cv2.INTER_AREA),
        cv2.COLOR_RGB2GRAY,
    )
    inner = grey[JUDGED_SIDE // 5 : -JUDGED_SIDE // 10, JUDGED_SIDE // 4 : -JUDGED_SIDE // 4]
    outside = max(0.0, -left, -top, right - width, bottom - height) / (right - left)
    beyond = np.any((face.landmarks < 0) | (face.landmarks > [width, height]), axis=1).mean()
    mouth_open_to_view, eyes_open_to_view = openness(picture, face)
    return {
        Hint.TOO_FAR: _rise(pose.eyes, 20, 70),
        Hint.CUT_OFF: 1 - _rise(max(outside, beyond), 0.0, 0.15),
        Hint.TOO_DARK: _rise(float(inner.mean()), 25, 90),
        Hint.TOO_BRIGHT: 1 - _rise(float((inner > GLARING).mean()), 0.02, 0.30),
        Hint.BLURRED: _rise(_detail(inner), 0.10, 0.38),
        Hint.TURNED_AWAY: 1 - _rise(max(abs(pose.turn) / 0.35, abs(pose.tilt) / 35), 0.4, 1.4),
        Hint.EYES_CLOSED: _rise(_open_eye(picture, face, pose), 0.0, 0.5),
        Hint.COVERED: mouth_open_to_view,
        Hint.DARK_GLASSES: eyes_open_to_view,
    }


def _upright(picture: Picture, embedding: Embedding) -> bool:
    """Whether no turn of the picture by a quarter, half or three quarters shows a face better."""
    if embedding.strength > WEAK:
        return True
    better = embedding.strength + STRONGER
    for quarters in (1, 2, 3):
        turned = np.ascontiguousarray(np.rot90(picture, quarters))
        if any(embed(turned, other).strength > better for other in find_faces(turned)[:1]):
            return False
    return True


def _detail(grey: Raster) -> float:
    """How much fine structure a face shows: the Laplacian's spread over that of the grey levels."""
    return float(cv2.Laplacian(grey, cv2.CV_32F, ksize=3).std() / max(1.0, grey.std()))


def _open_eye(picture: Picture, face: Face, pose: Pose) -> float:
    """How surely an eye is open, 0 to 1: of two, the one that is more so."""
    odds = []
    for middle in face.points[:2]:
        crop, _origin, _side = square(picture, tuple(middle), EYE_SHARE * pose.eyes)
        small = cv2.resize(crop, (EYE_SIDE, EYE_SIDE), interpolation=cv2.INTER_AREA)
        grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
        (scores,) = models.run("eye", grey[None, None] / 256)
        odds.append(float(scores[0, 1] - scores[0, 0]))
    return float(1 / (1 + np.exp(-np.clip(max(odds), -50, 50))))


def _rise(value: float, low: float, high: float) -> float:
    """0 at `low`, 1 at `high`, straight between."""
    return float(np.clip((value - low) / (high - low), 0, 1))

"""Where the faces in a picture are, and where in each face the eyes, nose and mouth are."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from verification.faces import models
from verification.images.arrays import Floats, Picture

INPUT_WIDTH, INPUT_HEIGHT = 320, 240
MINIMUM_SCORE = 0.8
OVERLAP = 0.4
TILE_SHARE = 0.6
LANDMARK_SIDE = 64
LEFT_EYE, RIGHT_EYE = slice(36, 42), slice(42, 48)  # as the picture shows them
NOSE_TIP, MOUTH_LEFT, MOUTH_RIGHT = 30, 48, 54


@dataclass(frozen=True)
class Face:
    """`box` is (left, top, right, bottom) in pixels, `landmarks` 68 points (x, y) in pixels.

    The landmarks' order is that of the iBUG 300-W annotation.
    """

    box: tuple[float, float, float, float]
    score: float
    landmarks: Floats

    @property
    def points(self) -> Floats:
        """5 x 2: the eye on the left of the picture, the other, nose tip, corners of the mouth."""
        marks = self.landmarks
        return np.stack([
            marks[LEFT_EYE].mean(axis=0), marks[RIGHT_EYE].mean(axis=0),
            marks[NOSE_TIP], marks[MOUTH_LEFT], marks[MOUTH_RIGHT],
        ])  # fmt: skip

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def find_faces(picture: Picture) -> list[Face]:
    """The faces in an H x W x 3 uint8 RGB picture, the largest first.

    A picture that shows none at first is looked at once more in four overlapping parts.
    """
    boxes = _detect(picture)
    if not len(boxes):
        boxes = _detect_in_parts(picture)
    faces = [Face(_corners(box), float(box[4]), _landmarks(picture, box[:4])) for box in boxes]
    return sorted(faces, key=lambda face: face.height, reverse=True)


def _corners(box: Floats) -> tuple[float, float, float, float]:
    left, top, right, bottom = map(float, box[:4])
    return left, top, right, bottom


def _detect(picture: Picture) -> Floats:
    """N x 5: boxes in pixels and scores. The picture is fitted into the input, not stretched."""
    height, width = picture.shape[:2]
    scale = min(INPUT_WIDTH / width, INPUT_HEIGHT / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    canvas = np.zeros((INPUT_HEIGHT, INPUT_WIDTH, 3), np.float32)
    canvas[: size[1], : size[0]] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    scores, boxes = models.run("detect", ((canvas - 127) / 128).transpose(2, 0, 1)[None])
    sure = scores[0, :, 1] > MINIMUM_SCORE
    corners = boxes[0, sure] * np.tile([INPUT_WIDTH, INPUT_HEIGHT], 2) / scale
    return _without_overlaps(np.column_stack([corners, scores[0, sure, 1]]))


def _detect_in_parts(picture: Picture) -> Floats:
    height, width = picture.shape[:2]
    tall, wide = math.ceil(height * TILE_SHARE), math.ceil(width * TILE_SHARE)
    found = [np.empty((0, 5))]
    for top in (0, height - tall):
        for left in (0, width - wide):
            boxes = _detect(picture[top : top + tall, left : left + wide])
            found.append(boxes + np.array([left, top, left, top, 0]))
    return _without_overlaps(np.concatenate(found))


def _without_overlaps(boxes: Floats) -> Floats:
    """Of boxes that share much of their area the most certain one stays."""
    if not len(boxes):
        return boxes
    sides = boxes[:, 2:4] - boxes[:, :2]
    kept = cv2.dnn.NMSBoxes(
        np.column_stack([boxes[:, :2], sides]).tolist(), boxes[:, 4].tolist(), 0.0, OVERLAP
    )
    best: Floats = boxes[np.array(kept, int).ravel()]
    return best


def _landmarks(picture: Picture, box: Floats) -> Floats:
    left, top, right, bottom = box
    crop, origin, side = square(picture, ((left + right) / 2, (top + bottom) / 2), bottom - top)
    grey = cv2.cvtColor(cv2.resize(crop, (LANDMARK_SIDE, LANDMARK_SIDE)), cv2.COLOR_RGB2GRAY)
    (marks,) = models.run("landmark", grey[None, None] / 256)
    placed: Floats = marks.reshape(68, 2) * side + origin
    return placed


def square(
    picture: Picture, middle: tuple[float, float], side: float
) -> tuple[Picture, Floats, float]:
    """A square cut-out, black where it leaves the picture; with its left top corner and side."""
    side = max(2, round(side))
    left, top = round(middle[0] - side / 2), round(middle[1] - side / 2)
    height, width = picture.shape[:2]
    cut = np.zeros((side, side, 3), np.uint8)
    rows = slice(max(0, top), min(height, top + side))
    columns = slice(max(0, left), min(width, left + side))
    part = picture[rows, columns]
    cut[rows.start - top :, columns.start - left :][: part.shape[0], : part.shape[1]] = part
    return cut, np.array([left, top]), float(side)

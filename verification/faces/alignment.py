"""A face laid upright, its eyes, nose and mouth where those of every other face are."""

import cv2
import numpy as np

from verification.images.arrays import Floats, Picture

SIDE = 112
# Where the five points of a face lie in an aligned 112 x 112 picture (the ArcFace template).
TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655],
     [70.7299, 92.2041]],
    np.float32,
)  # fmt: skip
BROW_TO_CHIN, BROW_TO_CHIN_SIZE = np.array([-20, -30], np.float32), (72, 100)

# The same face with hair and neck around it, as people compare faces: width, height in pixels.
PORTRAIT_SIZE = (360, 450)
WHITE = (255, 255, 255)
PORTRAIT_TEMPLATE = 2 * TEMPLATE + np.array([68, 96], np.float32)


def aligned_face(picture: Picture, points: Floats) -> Picture:
    """112 x 112 x 3: what networks of the ArcFace family take, from a face's 5 x 2 points."""
    turned = cv2.warpAffine(picture, _turn(points, TEMPLATE), (SIDE, SIDE))
    return np.asarray(turned, np.uint8)


def brow_to_chin(picture: Picture, points: Floats) -> Picture:
    """100 x 72 x 3: the same from the forehead to below the chin, at the same scale."""
    turn = _turn(points, TEMPLATE + BROW_TO_CHIN)
    return np.asarray(cv2.warpAffine(picture, turn, BROW_TO_CHIN_SIZE), np.uint8)


def upright_portrait(picture: Picture, points: Floats) -> Picture:
    """A 450 x 360 x 3 picture in which eyes and mouth of any face lie at the same places."""
    turn = _turn(points, PORTRAIT_TEMPLATE)
    turned = cv2.warpAffine(picture, turn, PORTRAIT_SIZE, borderValue=WHITE)
    return np.asarray(turned, np.uint8)


def around_face(picture: Picture, box: tuple[float, float, float, float]) -> Picture:
    """The part of an H x W x 3 picture that an identity photo shows: 3:4, the face half as high.

    `box` is the face's: left, top, right, bottom in pixels.
    """
    left, top, right, bottom = box
    height = 2.0 * (bottom - top)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    rows = slice(max(0, int(middle_y - height * 0.52)), int(middle_y + height * 0.48))
    columns = slice(max(0, int(middle_x - height * 0.375)), int(middle_x + height * 0.375))
    return picture[rows, columns]


def _turn(points: Floats, template: Floats) -> Floats:
    turn, _inliers = cv2.estimateAffinePartial2D(
        points.astype(np.float32), template, method=cv2.LMEDS
    )
    return np.asarray(turn, np.float64)

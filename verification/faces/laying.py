"""One picture of a face laid over another: the straight one bent onto the turned one, as far as
that goes, and what of the turned one is still not explained.

The flow: Kroeger et al., Fast Optical Flow using Dense Inverse Search, 2016.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.faces.detection import LEFT_EYE, RIGHT_EYE, Face
from verification.images.arrays import Floats, Mask, Picture, Raster

EYES = 56.0  # pixels between the eyes: the size at which all is measured
WIDTH, HEIGHT = 184, 208
EYES_AT = np.array([[92 - EYES / 2, 76], [92 + EYES / 2, 76]])
GRAIN, WINDOW, LIGHT = 2.2, 6.0, 0.16 * EYES  # sigmas in pixels: what is left out, here, lighting
FINEST, LOUD = 1.0, 12.0  # sigma of what is no grain, grey levels beyond which it is an edge
FAINT = 1.0  # of covariance in squared grey levels: a flat patch is found again anywhere
DARK = 4.0  # grey levels, added before logarithms are taken: noise in the dark is no light
COARSE, SMOOTH = 8, 12.0  # pixels, of the first guess of the flow
MOUTH, BROWS, CHIN = slice(48, 60), slice(17, 27), 8
FOREHEAD = 0.45 * EYES  # how far above the brows there is skin
# What moves without the head, and how far it reaches beyond its landmarks.
MOVING = ((LEFT_EYE, 1.6), (RIGHT_EYE, 1.6), (MOUTH, 1.25))


@dataclass(frozen=True)
class Laid:
    """Two pictures of one face, HEIGHT x WIDTH x 3 uint8 RGB: the straight one `bent` onto the
    `turned` one. `skin` (HEIGHT x WIDTH) is where they are compared.
    """

    bent: Picture
    turned: Picture
    skin: Mask

    def news(self) -> tuple[Floats, Floats]:
        """HEIGHT x WIDTH each: 1 - local correlation, and how much of a pattern there is."""
        one, other = _without_grain(self.bent), _without_grain(self.turned)
        means = [_here(one), _here(other)]
        spread_one = np.maximum(_here(one * one) - means[0] ** 2, 0)
        spread = np.maximum(_here(other * other) - means[1] ** 2, 0)
        together = _here(one * other) - means[0] * means[1]
        alike = (together + FAINT) / (np.sqrt(spread_one * spread) + FAINT)
        return np.asarray(1 - alike), np.asarray(np.sqrt(spread) + 1e-6)

    def other_light(self) -> Floats:
        """HEIGHT x WIDTH x 4: logarithm of turned to bent in red, green, blue and grey."""
        return np.asarray(_light(self.turned) - _light(self.bent))

    def own_grain(self) -> float:
        """1 - correlation of the finest detail on the skin: about 0 where both have the same."""
        one, other = (_finest(picture)[self.skin] for picture in (self.bent, self.turned))
        one, other = one - one.mean(), other - other.mean()
        spread = float(np.sqrt((one @ one) * (other @ other)))
        return 1 - float(one @ other) / (spread + FAINT)


def lay_over(straight: tuple[Picture, Face], turned: tuple[Picture, Face]) -> Laid:
    """Bend the straight picture onto the turned one, as far as that goes; as for `compare`."""
    first = _similarity(straight[1].points[:2], EYES_AT)
    marks = _moved(straight[1].landmarks, first)
    second = _similarity(turned[1].landmarks, marks)
    before, after = _at_size(straight[0], first), _at_size(turned[0], second)
    marks_after = _moved(turned[1].landmarks, second)
    bent, inside = _bent_onto(before, after, _drawn(marks_after, marks - marks_after))
    return Laid(bent, after, _skin(marks_after) & inside)


def skin_of(picture: Picture, face: Face) -> Picture:
    """N x 3: the pixels of a face's skin, as they lie at that size."""
    move = _similarity(face.points[:2], EYES_AT)
    skin = _skin(_moved(face.landmarks, move))
    return np.asarray(_at_size(picture, move)[skin], np.uint8)


def _similarity(points: Floats, onto: Floats) -> Floats:
    """2 x 3: the turn, scale and move that bring N x 2 points nearest to others (least squares)."""
    middle, aim = points.mean(axis=0), onto.mean(axis=0)
    (x, y), (u, v) = (points - middle).T, (onto - aim).T
    size = max(float(x @ x + y @ y), 1e-6)
    along, across = (x @ u + y @ v) / size, (x @ v - y @ u) / size
    turn = np.array([[along, -across], [across, along]])
    return np.column_stack([turn, aim - turn @ middle])


def _moved(points: Floats, move: Floats) -> Floats:
    return np.asarray(points @ move[:, :2].T + move[:, 2])


def _at_size(picture: Picture, move: Floats) -> Picture:
    """The face as it lies at 56 pixels between the eyes; a large one is not sampled with gaps."""
    shrink = 1.5 * float(np.hypot(*move[:, 0]))
    if shrink < 1:
        picture = np.asarray(
            cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA), np.uint8
        )
        move = np.column_stack([move[:, :2] / shrink, move[:, 2]])
    placed = cv2.warpAffine(picture, move, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(placed, np.uint8)


def _bent_onto(before: Picture, after: Picture, guess: Floats) -> tuple[Picture, Mask]:
    """The picture before, moved by optical flow to where the other shows the same; and where it
    did not have to come from outside. The flow starts from a guess of it.

    A flow that finds no more than half of a strong warp would call the rest new.
    """
    near = np.asarray(_pulled(before, guess), np.uint8)
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    more = search.calc(_grey(after), _grey(near), np.zeros((HEIGHT, WIDTH, 2), np.float32))
    flow = np.asarray(more + _pulled(guess, more), np.float32)
    x, y = np.moveaxis(_places() + flow, 2, 0)
    inside = (x >= 0) & (x <= WIDTH - 1) & (y >= 0) & (y <= HEIGHT - 1)
    return np.asarray(_pulled(before, flow), np.uint8), inside


def _pulled(values: Raster, flow: Raster) -> Raster:
    """Each pixel from where the HEIGHT x WIDTH x 2 flow points to."""
    x, y = np.moveaxis(np.asarray(_places() + flow, np.float32), 2, 0)
    pulled = cv2.remap(values, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(pulled)


def _places() -> Floats:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.asarray(np.dstack([columns, rows]), np.float32)


def _drawn(marks: Floats, moves: Floats) -> Floats:
    """HEIGHT x WIDTH x 2 float32: the moves of the landmarks, and between them what lies between.

    Weighted by distance (Shepard, 1968), reckoned at every eighth pixel.
    """
    across, down = np.meshgrid(np.arange(0, WIDTH, COARSE), np.arange(0, HEIGHT, COARSE))
    apart = (across[..., None] - marks[:, 0]) ** 2 + (down[..., None] - marks[:, 1]) ** 2
    weights = (apart + SMOOTH**2) ** -2.0
    coarse = (weights @ moves / weights.sum(axis=2, keepdims=True)).astype(np.float32)
    finer = np.array([[COARSE, 0, 0], [0, COARSE, 0]], np.float32)
    drawn = cv2.warpAffine(coarse, finer, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(drawn, np.float32)


def _skin(marks: Floats) -> Mask:
    """HEIGHT x WIDTH: within the 68 landmarks and on the forehead, but not eyes and mouth."""
    eyes = (marks[LEFT_EYE].mean(axis=0) + marks[RIGHT_EYE].mean(axis=0)) / 2
    up = (eyes - marks[CHIN]) / max(1.0, float(np.hypot(*(eyes - marks[CHIN]))))
    skin = np.zeros((HEIGHT, WIDTH), np.uint8)
    _fill(skin, np.concatenate([marks, marks[BROWS] + FOREHEAD * up]), 1)
    for part, reach in MOVING:
        middle = marks[part].mean(axis=0)
        _fill(skin, middle + reach * (marks[part] - middle), 0)
    return cv2.erode(skin, np.ones((3, 3), np.uint8)) > 0


def _fill(mask: Picture, points: Floats, value: int) -> None:
    hull = cv2.convexHull(points.astype(np.float32))
    cv2.fillConvexPoly(mask, np.round(hull).astype(np.int32), value)


def _light(picture: Picture) -> Floats:
    """H x W x 4: logarithms of red, green, blue and grey without all that is small."""
    four = np.dstack([picture, _grey(picture)]).astype(np.float32)
    return np.asarray(np.log(cv2.GaussianBlur(four, (0, 0), LIGHT) + DARK))


def _finest(picture: Picture) -> Floats:
    grey = _grey(picture).astype(np.float32)
    return np.asarray(np.clip(grey - cv2.GaussianBlur(grey, (0, 0), FINEST), -LOUD, LOUD))


def _without_grain(picture: Picture) -> Floats:
    return np.asarray(cv2.GaussianBlur(_grey(picture).astype(np.float32), (0, 0), GRAIN))


def _here(values: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), WINDOW))


def _grey(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)

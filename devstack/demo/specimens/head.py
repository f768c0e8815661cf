"""A head with depth, made of one portrait: what a camera and a lamp need to see it turn.

The person is cut out and taken for a body as round as its outline; in it a skull, and on that nose,
brows, lips and chin stand out where the landmarks say. What no portrait shows, the sides of the
head and the room behind it, is painted in from the colours and the grain around.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from devstack.demo.specimens.cutout import person_in
from devstack.demo.specimens.painting import dressed, ground, sides, with_edge_drawn_out
from verification.faces.detection import Face
from verification.faces.pose import pose_of

# Lengths are in distances between the eyes; z comes towards the camera, 0 are the cheeks' tops.
DISTANCE = 8.0  # from the camera to the face: half a metre
HALF = 0.5
CELL = 2  # pixels of the picture to one of the depth map
RIM = -1.4  # where the outline lies: level with the ears
GUESSED_AT = 1 / 4  # of the picture's size the outline is sought
ROUND, STEEP = 0.8, 0.45  # how far from the outline hair and cloth, or skin, keep falling off
BEHIND = 1.3  # how far the head reaches back beyond its outline, to how far hair before it
CROWN = 0.92  # how far it rises above the eyes, to how far the chin lies below them
TEMPLES = 0.43  # half the width above the eyes, to that from ear to ear
SKULL = 1.45  # depth of the face's half
# Landmarks, height, spread across and down.
RELIEF = (
    (slice(27, 28), 0.10, 0.13, 0.20),
    (slice(29, 30), 0.20, 0.13, 0.22),
    (slice(30, 31), 0.30, 0.15, 0.15),
    (slice(31, 32), 0.10, 0.09, 0.09),
    (slice(35, 36), 0.10, 0.09, 0.09),
    (slice(36, 42), -0.11, 0.25, 0.13),
    (slice(42, 48), -0.11, 0.25, 0.13),
    (slice(17, 22), 0.06, 0.30, 0.10),
    (slice(22, 27), 0.06, 0.30, 0.10),
    (slice(48, 60), 0.11, 0.28, 0.17),
    (slice(7, 10), 0.16, 0.28, 0.20),
)


@dataclass(frozen=True)
class Head:
    """Maps over one picture (H x W); positions in it are in distances between the eyes from its
    middle.

    `surface` (h x w x 2 float32): how far front and back reach; front below back is outside.
    `normals` (h x w x 3 float32): of the front; `skin` (h x w): 1 on the face, 0 on hair and cloth.
    `colours`, `sides`, `ground` (H x W x 3 uint8): front, what turning uncovers, the room.
    `grooves` (H x W x 2 int16): the slopes of the finest relief, 127 for 45 degrees.
    `marks` (68 x 2) the landmarks, `pivot` x, y, z of the neck's turn, `eyes` in pixels.
    """

    surface: np.ndarray
    normals: np.ndarray
    skin: np.ndarray
    colours: np.ndarray
    sides: np.ndarray
    ground: np.ndarray
    grooves: np.ndarray
    marks: np.ndarray
    pivot: tuple[float, float, float]
    eyes: float


def head_in(picture: np.ndarray, face: Face, inside: np.ndarray, *, clothed: bool) -> Head:
    """Of an H x W x 3 uint8 RGB picture; `inside` (H x W bool): what the portrait itself showed.

    A portrait that is not `clothed` ends above what people wear.
    """
    eyes = pose_of(face).eyes
    height, width = picture.shape[:2]
    marks = (face.landmarks - [width / 2, height / 2]) / eyes
    person = person_in(picture, face, shrink=GUESSED_AT) > HALF
    person = _rounded_off(person | _skull_before(face, person.shape), inside)
    if not clothed:
        picture, person = dressed(picture, person, inside, marks, eyes)
    small = cv2.resize(
        person.astype(np.uint8), (width // CELL, height // CELL), interpolation=cv2.INTER_AREA
    )
    places = _places(small.shape, CELL / eyes)
    surface, skin = _surface(small, marks, places, CELL / eyes)
    colours = with_edge_drawn_out(picture, person)
    return Head(
        surface=surface,
        normals=_normals(surface[:, :, 0], CELL / eyes),
        skin=skin,
        colours=colours,
        sides=sides(colours, person, eyes),
        ground=ground(picture, person, inside),
        grooves=_grooves(colours),
        marks=marks,
        pivot=(float(marks[27:31, 0].mean()), float(marks[8, 1]) + 0.3, RIM),
        eyes=eyes,
    )


def _places(shape: tuple[int, ...], step: float) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return (columns + 0.5 - shape[1] / 2) * step, (rows + 0.5 - shape[0] / 2) * step


def _skull_before(face: Face, shape: tuple[int, ...]) -> np.ndarray:
    """The least that is head, even where hair and ground are of one colour."""
    pose, middle = pose_of(face), face.points[:2].mean(axis=0)
    tall = CROWN * float(np.hypot(*(face.landmarks[8] - middle)))
    wide = TEMPLES * float(np.hypot(*(face.landmarks[16] - face.landmarks[0])))
    head = np.zeros(shape, np.uint8)
    axes = round(wide), round(tall)
    cv2.ellipse(head, (round(middle[0]), round(middle[1])), axes, pose.tilt, 180, 360, 1, -1)
    return head > 0


def _rounded_off(person: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Hair that the portrait's upper edge cuts off ends in a round above it."""
    top = int(inside.any(axis=1).argmax())
    across = np.flatnonzero(person[top])
    if not top or not len(across):
        return person
    whole = person.copy()
    whole[:top] = False
    half = max(1, (across[-1] - across[0]) // 2)
    axes = half, min(top - 1, half // 2)
    cap = np.zeros(person.shape, np.uint8)
    cv2.ellipse(cap, (int(across.mean()), top), axes, 0, 180, 360, 1, -1)
    return whole | ((cap > 0) & (np.arange(len(person))[:, None] <= top))


def _surface(
    person: np.ndarray, marks: np.ndarray, places: tuple[np.ndarray, np.ndarray], step: float
) -> tuple[np.ndarray, np.ndarray]:
    """The depths of front and back, and where the skull lies before hair and cloth."""
    within = cv2.distanceTransform(person, cv2.DIST_L2, 5) * step
    beyond = cv2.distanceTransform(1 - person, cv2.DIST_L2, 5) * step
    round_off = ROUND * _fall(within / ROUND)
    cloth = RIM + round_off
    skull = np.minimum(_skull(marks, *places), RIM + 2.6 * _fall(within / STEEP))
    front = (skull + cloth + np.sqrt((skull - cloth) ** 2 + 0.02)) / 2 - 0.07
    skin = cv2.GaussianBlur((skull > cloth + 0.05).astype(np.float32), (0, 0), 4)
    front = cv2.GaussianBlur(np.where(person > 0, front, RIM - beyond), (0, 0), 2.4)
    front += skin * _relief(marks, *places)
    back = np.where(person > 0, RIM - BEHIND * round_off, RIM + beyond)
    return np.dstack([front, back]).astype(np.float32), skin


def _fall(share: np.ndarray) -> np.ndarray:
    """0 at the outline, 1 from `share` 1 on, like a circle."""
    share = np.clip(share, 0, 1)
    return np.sqrt(share * (2 - share))


def _skull(marks: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    middle = marks[27:31, 0].mean()
    level = marks[36:48, 1].mean() + 0.1
    half = 1.04 * (marks[14:17, 0].mean() - marks[0:3, 0].mean()) / 2
    tall = marks[8, 1] + 0.12 - level
    out = np.abs((x - middle) / half) ** 2.4 + np.abs((y - level) / tall) ** 3.4
    return SKULL * (np.sqrt(np.clip(1 - out, 0, 1)) - 1) - np.clip(out - 1, 0, 1)


def _relief(marks: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    total = np.zeros_like(x)
    for which, high, across, down in RELIEF:
        middle = marks[which].mean(axis=0)
        total += high * np.exp(
            -(((x - middle[0]) / across) ** 2 + ((y - middle[1]) / down) ** 2) / 2
        )
    return total


def _normals(front: np.ndarray, step: float) -> np.ndarray:
    down, across = np.gradient(front, step)
    normals = np.dstack([-across, -down, np.ones_like(front)])
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    return normals.astype(np.float32)


def _grooves(colours: np.ndarray) -> np.ndarray:
    """Wrinkles, lashes and strands as relief: what is darker than around it lies deeper."""
    grey = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.GaussianBlur(grey, (0, 0), 2) - cv2.GaussianBlur(grey, (0, 0), 9)
    down, across = np.gradient(np.clip(fine, -30, 30))
    slopes = np.clip(np.dstack([across, down]) * 16, -127, 127)
    return slopes.astype(np.int16)

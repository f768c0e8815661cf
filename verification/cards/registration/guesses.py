"""Where the card may lie in a photo, the likelier guesses first; what is printed decides."""

from collections.abc import Iterator

import cv2
import numpy as np

from verification.cards.layout import ASPECT, FACE, FACE_HEIGHT
from verification.cards.locate import find_outlines
from verification.cards.registration.fitting import moved
from verification.cards.registration.rows import grey_of, written_on
from verification.faces.detection import Face
from verification.images.arrays import Floats, Picture

CARD = np.array([[0, 0], [1, 0], [1, 1 / ASPECT], [0, 1 / ASPECT]])  # in card's widths
FACE_AWAY = 0.09  # of the card's width: the portrait's face from where faces mostly are
MOST_FACES = 2
SKEWS = np.deg2rad(np.arange(-16, 16.1, 1.0))
SKEW_WIDTH, SKEW_AROUND = 480, 120  # pixels
LETTER_SIDE = (3, 26)  # pixels of these
SAME_ROW = 2.0


def guesses(photo: Picture, faces: list[Face]) -> Iterator[Floats]:
    """3 x 3 maps from pixels of the photo to a card one wide: cards whose portrait has a face that
    was found, then outlines, then the whole photo.
    """
    for face in faces[:MOST_FACES]:
        for quarter in (0, 2, 1, 3):
            yield _levelled(photo, _by_face(face, quarter))
    if faces:
        yield from outlined(photo, faces)
        return
    for outline in find_outlines(photo):
        yield from two_ways(outline.corners)
    yield from whole(photo)


def outlined(photo: Picture, faces: list[Face]) -> Iterator[Floats]:
    """Outlines in which one of the faces is where the portrait is."""
    middles = np.array([_middle(face) for face in faces]).reshape(-1, 2)
    for outline in find_outlines(photo):
        for guess in two_ways(outline.corners):
            if _has_face(guess, middles):
                yield guess


def whole(photo: Picture) -> Iterator[Floats]:
    """The photo in its four ways up, the likelier first, as large as a card can be in it."""
    high, wide = photo.shape[:2]
    for quarter in (0, 2, 1, 3) if wide > high else (1, 3, 0, 2):
        across, down = (wide, high) if quarter % 2 == 0 else (high, wide)
        scale = min(1 / across, 1 / ASPECT / down)
        turn = scale * np.linalg.matrix_power([[0, 1], [-1, 0]], quarter)
        move = np.array([0.5, 0.5 / ASPECT]) - turn @ [wide / 2, high / 2]
        yield np.vstack([np.column_stack([turn, move]), [0, 0, 1]])


def two_ways(corners: Floats) -> Iterator[Floats]:
    """A card with these corners, and the same upside down."""
    yield to_card(corners)
    yield to_card(np.roll(corners, 2, axis=0))


def to_card(corners: Floats) -> Floats:
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), CARD.astype(np.float32))
    return np.asarray(view, np.float64)


def _middle(face: Face) -> tuple[float, float]:
    left, top, right, bottom = face.box
    return (left + right) / 2, (top + bottom) / 2


def _has_face(guess: Floats, middles: Floats) -> bool:
    away = moved(middles, guess) - [FACE[0], FACE[1] / ASPECT] if len(middles) else np.empty((0, 2))
    return bool((np.hypot(*away.T) < FACE_AWAY).any())


def _by_face(face: Face, quarter: int) -> Floats:
    """A card whose portrait has this face, turned by quarters."""
    left, top, right, bottom = face.box
    scale = FACE_HEIGHT / ASPECT / np.sqrt((right - left) * (bottom - top))
    turn = scale * np.linalg.matrix_power([[0, 1], [-1, 0]], quarter)
    move = np.array([FACE[0], FACE[1] / ASPECT]) - turn @ _middle(face)
    return np.vstack([np.column_stack([turn, move]), [0, 0, 1]])


def _levelled(photo: Picture, guess: Floats) -> Floats:
    """Turned about the face so that the rows of writing lie level."""
    around = SKEW_AROUND
    view = np.array([[SKEW_WIDTH, 0, around], [0, SKEW_WIDTH, around], [0, 0, 1]]) @ guess
    size = (SKEW_WIDTH + 2 * around, round(SKEW_WIDTH / ASPECT) + 2 * around)
    small = cv2.warpPerspective(photo, view, size, flags=cv2.INTER_AREA)
    x, y = _letters(written_on(grey_of(np.asarray(small, np.uint8)), SKEW_WIDTH))
    skew = max(SKEWS, key=lambda angle: _rowness(x, y, angle))
    turn = cv2.getRotationMatrix2D((FACE[0], FACE[1] / ASPECT), np.degrees(skew), 1)
    level: Floats = np.vstack([turn, [0, 0, 1]]) @ guess
    return level


def _letters(ink: Floats) -> tuple[Floats, Floats]:
    """Where the lower ends of blobs as large as letters stand, in pixels."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    left, top, wide, high, _ = boxes[1:].T
    least, most = LETTER_SIDE
    kept = (high > least) & (high < most) & (wide > least) & (wide < 3 * most)
    return (left + wide / 2)[kept], (top + high)[kept]


def _rowness(x: Floats, y: Floats, angle: float) -> float:
    """How much of the writing stands in rows, if it is turned back by this angle."""
    down = y * np.cos(angle) - x * np.sin(angle)
    counts = np.bincount(((down - down.min()) / SAME_ROW).astype(int)) if len(down) else np.zeros(1)
    return float(counts @ counts + 2 * counts[1:] @ counts[:-1])

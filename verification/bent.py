"""A head turn for people to see: the straight picture bent onto the turned one, and what is new."""

import cv2
import numpy as np

from verification.faces.detection import find_faces
from verification.faces.laying import Laid, lay_over
from verification.faces.solid import turned_sides
from verification.film import Film
from verification.images import encode
from verification.images.arrays import Picture

LARGER = 2  # than the pictures are compared at
MARK = np.array([255, 176, 0], np.float32)
NEW = 0.25  # of 1 - correlation: from here on a place is marked in full
GREYED = 0.75  # what is left of the brightness where nothing is marked


def bent_sheet(film: Film) -> bytes | None:
    """A JPEG with a row for each side that was turned to: the frame turned furthest, the straight
    one bent onto it, and the frame again with what that does not explain marked. None where no
    turn is seen. Raises BadImage; ValueError where the film's numbers differ.
    """
    frames = [frame.picture for burst in film.answers().bursts for frame in burst]
    found = [(picture, find_faces(picture)) for picture in frames]
    pictures = [(picture, faces[0]) for picture, faces in found if faces]
    if not pictures:
        return None
    rows = [_row(lay_over(pictures[0], side[0])) for side in turned_sides(pictures)]
    return encode(np.vstack(rows)) if rows else None


def _row(laid: Laid) -> Picture:
    row = np.hstack([laid.turned, laid.bent, _marked(laid)])
    larger = cv2.resize(row, None, fx=LARGER, fy=LARGER, interpolation=cv2.INTER_CUBIC)
    return np.asarray(larger, np.uint8)


def _marked(laid: Laid) -> Picture:
    novelty, _pattern = laid.news()
    share = np.clip(novelty / NEW, 0, 1) * laid.skin
    share = cv2.GaussianBlur(share.astype(np.float32), (0, 0), 1)[:, :, None]
    grey = cv2.cvtColor(laid.turned, cv2.COLOR_RGB2GRAY)[:, :, None] * GREYED
    return np.asarray(grey * (1 - share) + MARK * share, np.uint8)

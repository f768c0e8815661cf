"""The test photos as the portal itself finds and lays them straight: no corner is given."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from training.cards import HEIGHT, WIDTH, Photo, photos
from verification.cards.registration import Registered, register, value_lines
from verification.faces.detection import find_faces


def registered(folder: Path) -> Iterator[Photo]:
    """Every front with its lines where registration has them; where none is found, an empty card:
    nothing on it is read.
    """
    for photo in photos(folder):
        found = found_in(folder / "photos" / photo.name)
        if found is None:
            yield photo._replace(card=np.full((HEIGHT, WIDTH, 3), 255, np.uint8))
            continue
        lines = value_lines(found)
        values = [one._replace(line=lines[one.field].line) for one in photo.values]
        yield Photo(photo.name, found.card, values)


def found_in(path: Path) -> Registered | None:
    picture = cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)
    found = register(picture, find_faces(picture))
    return found if isinstance(found, Registered) else None

"""How well the portal's own recogniser reads specimens' value lines where they truly stand.

No card is looked for and no field is judged: what is measured is the print and the recogniser.
"""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens import camera, card, layout, printing
from devstack.demo.specimens.look import Look
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.shot import Shot
from verification.cards.recogniser import Line, letters_of, line_crops, read_many, vote
from verification.images import decode

WIDTH, HEIGHT = 1200, 757  # pixels of a straight card that lines are cut from
KINDS = {
    "number": "number", "name_th": "thai", "name_en": "english", "last_name_en": "english",
    "birth_th": "thai_date", "birth_en": "english_date", "religion": "religion",
    "address_1": "address", "address_2": "address", "issue_th": "thai_date",
    "issue_en": "english_date", "expiry_th": "thai_date", "expiry_en": "english_date",
    "request_number": "request",
}  # fmt: skip
BANDS = {"thai": "thai", "address": "thai", "religion": "thai", "thai_date": "thai_date"}
# Where a value ends at the latest, as a fraction of the width.
READ_UNTIL = {
    "number": 0.80, "name_th": 0.98, "religion": 0.62, "issue_th": 0.27, "issue_en": 0.27,
    "request_number": 0.975,
}  # fmt: skip
READ_UNTIL_ELSE = 0.738
BEFORE = 0.008  # of ground before a line


class Said(NamedTuple):
    """What stands on a line, and what was read; spaces do not count."""

    name: str
    printed: str
    read: str

    @property
    def right(self) -> bool:
        return self.printed.replace(" ", "") == self.read.replace(" ", "")


def read_lines(
    person: Person, portrait: Image.Image, look: Look, *, shot: Shot | None = None
) -> Iterator[Said]:
    """Every value line of one person's card as it was drawn, or laid straight out of a photo by
    the corners that the photo is known to have.
    """
    front = card.render_front(person, portrait, look=look)
    pixels = _straight(front, shot, look.seed) if shot else _small(front)
    for printed in printing.front_lines(person, look):
        if printed.name in KINDS:
            yield Said(printed.name, printed.text, read_line(pixels, printed))


def _small(front: Image.Image) -> np.ndarray:
    return np.asarray(front.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.BOX))


def _straight(front: Image.Image, shot: Shot, seed: int) -> np.ndarray:
    taken = camera.take(front, shot, seed=seed)
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    view = cv2.getPerspectiveTransform(taken.corners, target)
    return cv2.warpPerspective(decode(taken.jpeg), view, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)


def read_line(pixels: np.ndarray, printed: printing.Printed) -> str:
    """One line of a straight card, H x W x 3 uint8 RGB."""
    height, width = pixels.shape[:2]
    kind, place = KINDS[printed.name], printed.place
    right = READ_UNTIL.get(printed.name, READ_UNTIL_ELSE)
    right = min(0.985, right + place.left - layout.VALUES[printed.name].left)
    line = Line((place.left - BEFORE) * width, right * width, place.baseline * height,
                place.letter * height, BANDS.get(kind, "latin"))  # fmt: skip
    readings = read_many(line_crops(pixels, line, ways=3), letters=letters_of(kind))
    return vote(readings).text

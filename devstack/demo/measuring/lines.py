"""How well the portal's own recogniser reads specimens' value lines where they truly stand.

No card is looked for and no field is judged: what is measured is the print and the recogniser.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PIL import Image

from devstack.demo.specimens import card, printing
from devstack.demo.specimens.look import Look
from devstack.demo.specimens.people import Person
from verification.cards.layout import FRONT, HEIGHT, WIDTH
from verification.cards.recogniser import Line, letters_of, line_crops, read_many, vote
from verification.cards.registration.lines import BANDS, BEFORE, LAST

SPECIMENS_NAMES = {"request": "request_number"}  # where a specimen's line has another name
MARK = 0.738  # of the width: SPECIMEN stands farther right
BEYOND_THE_MARK = ("number", "name_th", "request_number")
LINES = {SPECIMENS_NAMES.get(name, name): value for name, value in FRONT.items()}


class Said(NamedTuple):
    """What stands on a line, and what was read; spaces do not count."""

    name: str
    printed: str
    read: str

    @property
    def right(self) -> bool:
        return self.printed.replace(" ", "") == self.read.replace(" ", "")


def read_lines(person: Person, portrait: Image.Image, look: Look) -> Iterator[Said]:
    """Every value line of one person's card as it was drawn."""
    front = card.render_front(person, portrait, look=look).convert("RGB")
    pixels = np.asarray(front.resize((WIDTH, HEIGHT), Image.Resampling.BOX))
    for printed in printing.front_lines(person, look):
        if printed.name in LINES:
            yield Said(printed.name, printed.text, read_line(pixels, printed))


def read_line(pixels: np.ndarray, printed: printing.Printed) -> str:
    """One line of a straight card, H x W x 3 uint8 RGB."""
    height, width = pixels.shape[:2]
    value, place = LINES[printed.name], printed.place
    until = value.right if printed.name in BEYOND_THE_MARK else min(value.right, MARK)
    right = min(LAST, until + place.left - value.left)
    line = Line((place.left - BEFORE) * width, right * width, place.baseline * height,
                place.letter * height, BANDS.get(value.letters, "latin"))  # fmt: skip
    readings = read_many(line_crops(pixels, line, ways=3), letters=letters_of(value.letters))
    return vote(readings).text

"""The lines of a card's front, where they stand on this card, and how they are printed."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from devstack.demo.specimens import layout, wording
from devstack.demo.specimens.layout import ASPECT, Place
from devstack.demo.specimens.lettering import NEAREST, Line, fitted, set_line
from devstack.demo.specimens.look import Look
from devstack.demo.specimens.people import Person

BLACK, GREY = (40, 43, 44), (100, 104, 112)
PLACES = (" แขวง", " ต.", " อ.", " เขต", " จ.")  # what a second line of an address begins with
SCALE = 1200  # pixels of a card's width in which a look's softness is given
MEASURE = 24.0  # pixels of a letter's height at which a line's width is measured


class Printed(NamedTuple):
    """A line by its name in layout.LABELS or layout.VALUES, and where it is on one card."""

    name: str
    text: str
    place: Place


def front_lines(person: Person, look: Look) -> list[Printed]:
    """All labels and values; on a true card's ground the labels that it has lost."""
    lines = list(_labels(person, look))
    texts = wording.values(person, gap=look.gap, officer=look.seed)
    first, second = address_lines(person.address, look)
    texts |= {"address_1": first, "address_2": second}
    if not prints_religion(person, look):
        texts["religion"] = ""
    return lines + [
        Printed(name, texts[name], _placed(name, place, look))
        for name, place in layout.VALUES.items()
        if texts[name]
    ]


def prints_religion(person: Person, look: Look) -> bool:
    return bool(person.religion) and (
        look.ground.religion if look.ground else look.generation.religion
    )


def _labels(person: Person, look: Look) -> Iterator[Printed]:
    own = {"name_th_label": look.generation.name_label}
    for name, (text, place) in layout.LABELS.items():
        if look.ground and name not in look.ground.places:
            continue
        if name != "religion_label" or prints_religion(person, look):
            yield Printed(name, own.get(name, text), _placed(name, place, look))


def _placed(name: str, place: Place, look: Look) -> Place:
    if look.ground and name in look.ground.places:
        left, baseline = look.ground.places[name]
        right = place.right and place.right + left - place.left
        return place._replace(left=left, baseline=baseline, right=right)
    place = look.generation.place(name, place)
    across, down = look.stray(name)
    return place._replace(
        left=place.left + across,
        baseline=place.baseline + down,
        right=place.right and place.right + across,
    )


def address_lines(address: str, look: Look) -> tuple[str, str]:
    """Broken before the last place's name that still fits, once the first line is full."""
    place = layout.VALUES["address_1"]
    full = np.random.default_rng([56, look.seed]).uniform(*layout.ADDRESS_FULL)
    breaks = [at for at in range(len(address)) if address.startswith(PLACES, at)]
    breaks = breaks or [at for at, letter in enumerate(address) if letter == " "]
    for at in [len(address), *reversed(breaks)]:
        if place.left + width_of(address[:at], place.letter, look.faces) <= full:
            return address[:at], address[at:].strip()
    return address[: breaks[0]], address[breaks[0] :].strip()


def width_of(text: str, letter: float, faces: tuple[str, str] = NEAREST) -> float:
    """How wide a line is, as a fraction of the card's width; `letter` one of its height."""
    left, _, right, _ = set_line(text, MEASURE, faces).ink.getbbox()
    return (right - left) / MEASURE * letter / ASPECT


def lay(card: Image.Image, printed: Printed, look: Look) -> None:
    """Print one line on the card (RGB)."""
    width, height = card.size
    place = printed.place
    line = set_line(printed.text, place.letter * height, look.faces, bolder=look.bolder)
    left, _, right, _ = line.ink.getbbox()
    exact = place.right if _is_fitted(printed.name) else 0
    most = layout.RIGHTMOST.get(printed.name, 1.0)
    if exact or place.left + (right - left) / width > most:
        line = fitted(line, ((exact or most) - place.left) * width)
        left = 0
    at = round(place.left * width) - left, round(place.baseline * height) - line.baseline
    card.paste(ink_colour(place.ink, look), at, softened(line.ink, look.soft * width / SCALE))


def softened(ink: Image.Image, sigma: float) -> Image.Image:
    """As dye runs; no printer's edges are sharp."""
    return Image.fromarray(cv2.GaussianBlur(np.asarray(ink), (0, 0), max(0.2, sigma)))


def _is_fitted(name: str) -> bool:
    """Labels and the request number are as wide as on true cards."""
    return name in layout.LABELS or name == "request_number"


def ink_colour(ink: str, look: Look) -> tuple[int, ...]:
    """Of a line; true cards' inks differ a little."""
    if look.ground:
        return look.ground.inks[ink]
    colour = {"black": BLACK, "blue": look.generation.blue, "grey": GREY}[ink]
    change = np.random.default_rng([57, look.seed]).integers(-7, 8)
    return tuple(int(part + change) for part in colour)


def stamped(card: Image.Image, marks: tuple, *, colour: tuple[int, int, int]) -> Image.Image:
    """SPECIMEN, where no field is read from."""
    layer = Image.new("RGBA", card.size, (0, 0, 0, 0))
    for left, baseline, letter, text in marks:
        line: Line = set_line(text, letter * card.height)
        at = round(left * card.width), round(baseline * card.height) - line.baseline
        tinted = Image.new("RGBA", line.ink.size, colour)
        tinted.putalpha(line.ink.point(lambda shade: shade * 130 // 255))
        layer.alpha_composite(tinted, at)
    return Image.alpha_composite(card.convert("RGBA"), layer)

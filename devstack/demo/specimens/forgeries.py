"""What is handed in instead of a true card, by species; every one still says SPECIMEN.

A species is a name and what makes a photo of it, for one owner and one shot.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from devstack.demo.specimens import camera, card, layout, printing, strangers
from devstack.demo.specimens.back import engrave, pixels
from devstack.demo.specimens.layout import Place
from devstack.demo.specimens.look import Look
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.shot import Shot
from verification.images import decode

SCREEN_ANGLES = (15, 75, 0)  # degrees of the dots' grid for cyan, magenta and yellow
DOT = 3.6  # pixels from one printed dot to the next, of a card 1600 wide
OVERPRINT = ("sarabun", "roboto-condensed")
NUMBER_KEPT = 8  # of a number with its spaces, the letters before those that are changed
BEZEL = (18, 18, 20)


class Owner(NamedTuple):
    """Whose card it is or should be; `other` is the portrait of somebody else."""

    person: Person
    look: Look
    portrait: Image.Image
    other: Image.Image
    seed: int

    def front(self, portrait: Image.Image | None = None) -> Image.Image:
        return card.render_front(self.person, portrait or self.portrait, look=self.look)


def colour_copy(owner: Owner, shot: Shot) -> bytes:
    """Printed on paper by an office printer and cut out with scissors."""
    front = owner.front()
    paper = Image.new("RGB", front.size, (247, 246, 242))
    paper.paste(front, (0, 0), front)
    return _photo(_halftone(np.asarray(paper), owner.seed), owner, shot)


def grey_copy(owner: Owner, shot: Shot) -> bytes:
    return camera.as_copy(_photo(owner.front(), owner, shot))


def gridless_screen(owner: Owner, shot: Shot) -> bytes:
    """A photo of the card on a phone's screen, so fine that no grid is to be seen."""
    shown = decode(camera.take(owner.front(), Shot(share=0.86, rotation=0), seed=owner.seed).jpeg)
    light = 8 + 247 * (shown.astype(np.float32) / 255) ** 1.12
    light *= np.array([0.95, 1.0, 1.06], np.float32)
    return camera.take(_phone(light), shot, seed=owner.seed + 1).jpeg


def grid_screen(owner: Owner, shot: Shot) -> bytes:
    return camera.as_screen(_photo(owner.front(), owner, shot), seed=owner.seed)


def pasted_portrait(owner: Owner, shot: Shot) -> bytes:
    """Another person's print glued over the portrait: other light, a rim, not quite straight."""
    chance = np.random.default_rng([61, owner.seed])
    front = owner.front()
    left, top, right, bottom = pixels(front, layout.PORTRAIT)
    spare = round(0.006 * front.width)
    size = right - left + 2 * spare, bottom - top + 2 * spare
    print_ = np.asarray(owner.other.convert("RGB").resize(size), np.float32)
    print_ = print_ * chance.uniform(0.86, 1.1) * chance.uniform(0.95, 1.06, 3)
    glued = Image.fromarray(np.clip(print_, 0, 255).astype(np.uint8)).convert("RGBA")
    glued = glued.rotate(chance.uniform(-1.6, 1.6), Image.Resampling.BICUBIC, expand=True)
    at = left - spare + round(chance.normal(0, spare / 2)), top - spare
    shade = Image.new("RGBA", glued.size, (20, 20, 24, 255))
    shade.putalpha(glued.getchannel("A").point(lambda cover: cover * 110 // 255))
    front.alpha_composite(shade, (at[0] + spare // 2, at[1] + spare // 2))
    front.alpha_composite(glued, at)
    return _photo(front, owner, shot)


def overprinted_digits(owner: Owner, shot: Shot) -> bytes:
    """Two digits of the number and the year of birth covered and printed anew, in another face."""
    front = owner.front()
    lines = {line.name: line for line in printing.front_lines(owner.person, owner.look)}
    for name in ("number", "birth_th", "birth_en"):
        line = lines[name]
        keep = NUMBER_KEPT if name == "number" else len(line.text) - 2
        start = printing.width_of(line.text[:keep], line.place.letter, owner.look.faces)
        old = line.text[keep : keep + 2]
        new = "".join(str((int(digit) + 3) % 10) if digit.isdigit() else digit for digit in old)
        wide = printing.width_of(old, line.place.letter, owner.look.faces)
        left = line.place.left + start + 0.003
        _cover(front, left, wide, line.place)
        ink = printing.ink_colour(line.place.ink, owner.look)
        place = line.place._replace(left=left, right=left + wide)
        engrave(front, new, place, colour=ink, faces=OVERPRINT)
    return _photo(front, owner, shot)


def _cover(front: Image.Image, left: float, wide: float, place: Place) -> None:
    """Paint a box over with the colour just above it."""
    box = (left - 0.002, place.baseline - 1.15 * place.letter, left + wide + 0.002,
           place.baseline + 0.1 * place.letter)  # fmt: skip
    x, y, right, bottom = pixels(front, box)
    colour = tuple(np.median(np.asarray(front.crop((x, y - 4, right, y))), axis=(0, 1)).astype(int))
    ImageDraw.Draw(front).rectangle((x, y, right, bottom), fill=colour)


def other_portrait(owner: Owner, shot: Shot) -> bytes:
    """A whole card made with somebody else's portrait: only the face gives it away."""
    return _photo(owner.front(owner.other), owner, shot)


def marked_specimen(owner: Owner, shot: Shot) -> bytes:
    """A public sample, with large letters across it."""
    front = owner.front()
    layer = Image.new("RGB", front.size, (255, 255, 255))
    engrave(layer, "SPECIMEN", Place(0.08, 0.60, 0.16, "black", 0.92), colour=(214, 60, 60))
    turned = layer.rotate(12, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    mask = turned.convert("L").point(lambda shade: 150 if shade < 200 else 0)  # noqa: PLR2004 - ink
    front.paste(Image.new("RGB", front.size, (214, 60, 60)), (0, 0), mask)
    return _photo(front, owner, shot)


def card_without_chip(owner: Owner, shot: Shot) -> bytes:
    """A card of before 2005: where the chip should be is ground."""
    bare = replace(owner.look.generation, chip="")
    return _photo(owner._replace(look=replace(owner.look, generation=bare)).front(), owner, shot)


def driving_licence(owner: Owner, shot: Shot) -> bytes:
    made = strangers.driving_licence(owner.person, owner.portrait, owner.look)
    return _photo(made, owner, shot)


def pink_card(owner: Owner, shot: Shot) -> bytes:
    return _photo(strangers.pink_card(owner.person, owner.portrait, owner.look), owner, shot)


def foreign_back(owner: Owner, shot: Shot) -> bytes:
    return _photo(strangers.foreign_back(owner.person, owner.look), owner, shot)


FRONTS: dict[str, Callable[[Owner, Shot], bytes]] = {
    "colour print copy": colour_copy,
    "grey copy": grey_copy,
    "screen without a grid": gridless_screen,
    "screen with a grid": grid_screen,
    "portrait pasted in": pasted_portrait,
    "digits overprinted": overprinted_digits,
    "another person's portrait": other_portrait,
    "marked as a specimen": marked_specimen,
    "card without a chip": card_without_chip,
    "driving licence": driving_licence,
    "pink card": pink_card,
}
BACKS: dict[str, Callable[[Owner, Shot], bytes]] = {"foreign card's back": foreign_back}


def _photo(made: Image.Image, owner: Owner, shot: Shot) -> bytes:
    return camera.take(made, shot, seed=owner.seed).jpeg


def _halftone(colours: np.ndarray, seed: int) -> Image.Image:
    """Three grids of dots on paper, at three angles; weaker colours. RGB in, RGBA out."""
    height, width = colours.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) + seed % 5
    faded = 255 - 0.88 * (255 - cv2.GaussianBlur(colours, (0, 0), 1.0).astype(np.float32))
    printed = np.empty_like(faded)
    for channel, degrees in enumerate(SCREEN_ANGLES):
        angle, step = math.radians(degrees), 2 * math.pi / (DOT * width / 1600)
        across = np.cos(step * (math.cos(angle) * columns + math.sin(angle) * rows))
        down = np.cos(step * (math.cos(angle) * rows - math.sin(angle) * columns))
        level = 0.5 + 0.25 * (across + down)
        ink = 1 / (1 + np.exp(-12 * (level - faded[..., channel] / 255)))
        printed[..., channel] = 248 - 225 * ink
    mixed = 0.55 * printed + 0.45 * faded
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8)).convert("RGBA")


def _phone(light: np.ndarray) -> Image.Image:
    """A screen's picture within the phone's dark rim; RGBA."""
    shown = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    rim = shown.width // 40
    phone = Image.new("RGBA", (shown.width + 6 * rim, shown.height + 2 * rim), (*BEZEL, 255))
    phone.paste(shown, (3 * rim, rim))
    return phone

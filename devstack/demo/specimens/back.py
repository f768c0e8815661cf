"""The back: palace before the horizon, flag, hologram patch, and the laser code."""

import numpy as np
from PIL import Image, ImageDraw

from devstack.demo.specimens import layout, paper
from devstack.demo.specimens.layout import Place
from devstack.demo.specimens.lettering import NEAREST, fitted, set_line

STRIPES = ((0, 1, (206, 32, 48)), (1, 2, (244, 245, 248)), (2, 4, (40, 44, 130)),
           (4, 5, (244, 245, 248)), (5, 6, (206, 32, 48)))  # fmt: skip
FLAG_TEXT = ("sarabun", "noto-serif")
GREYS = (72, 142)  # shades a laser leaves


def blank_back(width: int, design: layout.Back, *, variant: int) -> Image.Image:
    """All that every back of a design has; RGB."""
    card = paper.back_ground(width, design.horizon, variant=variant).copy()
    if design.patch:
        _patch(card, pixels(card, design.patch), variant)
    left, top, right, bottom = pixels(card, design.flag)
    for start, end, colour in STRIPES:
        rows = (top + (bottom - top) * share / 6 for share in (start, end))
        y, foot = (round(row) for row in rows)
        ImageDraw.Draw(card).rectangle((left, y, right, foot - 1), fill=colour)
    for (text, away), edge in zip(layout.COUNTRY, (design.flag[1], design.flag[3]), strict=True):
        place = Place(design.flag[0], edge + away, layout.COUNTRY_LETTER, "black", design.flag[2])
        engrave(card, text, place, colour=(34, 36, 40), faces=FLAG_TEXT)
    return card


def laser_grey(seed: int) -> tuple[int, int, int]:
    shade = int(np.random.default_rng([58, seed]).integers(*GREYS))
    return shade, shade + 3, shade + 8


def engrave(
    card: Image.Image,
    text: str,
    place: Place,
    *,
    colour: tuple[int, int, int],
    faces: tuple[str, str] = NEAREST,
) -> None:
    """One line; as wide as its place where that has a right edge."""
    line = set_line(text, place.letter * card.height, faces)
    if place.right:
        line = fitted(line, (place.right - place.left) * card.width)
    left = line.ink.getbbox()[0]
    at = round(place.left * card.width) - left, round(place.baseline * card.height) - line.baseline
    card.paste(colour, at, line.ink)


def _patch(card: Image.Image, box: tuple[int, int, int, int], variant: int) -> None:
    """Dark foil with a sun whose rays are rainbow lines, over spires."""
    left, top, right, bottom = box
    rows, columns = np.mgrid[0 : bottom - top, 0 : right - left].astype(np.float32)
    rows, columns = rows / (bottom - top), columns / (right - left)
    across, down = columns - 0.27, (rows - 0.24) / 1.15
    reach, angle = np.hypot(across, down), np.arctan2(down, across)
    rays = np.exp(-((np.sin(17 * angle + 20 * reach) / 0.3) ** 2))
    rays = np.maximum(rays, np.exp(-((np.sin(17 * angle - 20 * reach) / 0.3) ** 2)))
    hue = 0.6 * reach[..., None] + variant + np.array([0, 0.35, 0.7])
    foil = 30 + (rays * np.exp(-1.2 * reach))[..., None] * (150 + 90 * np.sin(6 * hue))
    spires = np.maximum.reduce([
        0.62 * np.clip(1 - np.abs(columns - at) / 0.1, 0, 1) for at in (0.2, 0.45, 0.33)
    ])  # fmt: skip
    foil[1 - rows < spires] = (70, 66, 44)
    foil[reach < 0.09] = (120, 226, 70)  # noqa: PLR2004 - the sun
    mask = Image.new("L", (right - left, bottom - top), 0)
    size = (0, 0, right - left - 1, bottom - top - 1)
    ImageDraw.Draw(mask).rounded_rectangle(size, (right - left) // 12, fill=255)
    card.paste(Image.fromarray(np.clip(foil, 0, 255).astype(np.uint8)), (left, top), mask)


def pixels(card: Image.Image, box: layout.Box) -> tuple[int, int, int, int]:
    """A box of fractions in the card's pixels."""
    left, top, right, bottom = box
    width, height = card.size
    return round(left * width), round(top * height), round(right * width), round(bottom * height)

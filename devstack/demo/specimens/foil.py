"""What shines over the print: seals of rainbow lines and upright lettering in the laminate."""

import colorsys

import numpy as np
from PIL import Image, ImageDraw

from devstack.demo.specimens.lettering import set_line

SEALS = ((0.235, 0.21), (0.465, 0.22), (0.79, 0.19), (0.455, 0.69), (0.68, 0.46), (0.155, 0.80),
         (0.65, 0.91))  # fmt: skip
LETTERING = "กรมการปกครอง"
UPRIGHT = ((0.345, 0.16), (0.345, 0.55), (0.575, 0.30), (0.895, 0.06), (0.675, 0.40))
LIT = 0.8  # of the seals
RADIUS = 0.078  # of a seal, of the card's width


def lay_over(card: Image.Image, *, strength: float, seed: int) -> Image.Image:
    """`strength` from 0 (not to be seen at this angle) to 1 (it flashes)."""
    chance = np.random.default_rng(seed)
    layer = Image.new("RGBA", card.size, (0, 0, 0, 0))
    shift = chance.uniform(-0.04, 0.04, 2)
    for x, y in SEALS:
        alpha = int(255 * strength * chance.uniform(0.05, 0.5) * (chance.random() < LIT))
        _seal(layer, ((x + shift[0]) * card.width, (y + shift[1]) * card.height), alpha, chance)
    for x, y in UPRIGHT:
        alpha = int(255 * strength * chance.uniform(0.05, 0.4))
        _upright(layer, (x + shift[0], y + shift[1]), alpha, chance)
    return Image.alpha_composite(card.convert("RGBA"), layer)


def _seal(
    layer: Image.Image, middle: tuple[float, float], alpha: int, chance: np.random.Generator
) -> None:
    """Rings and curls, each stretch of an arc in its own colour; some of it does not shine."""
    draw, reach = ImageDraw.Draw(layer), RADIUS * layer.width
    lit, hue = chance.uniform(0, 360), chance.random()
    pen = max(1, layer.width // 700)
    for share in (1.0, 0.95, 0.62):
        box = _around(middle, share * reach)
        for start in range(0, 360, 20):
            fading = 0.5 + 0.5 * np.cos(np.radians(start - lit))
            draw.arc(box, start, start + 21, fill=_rainbow(hue + start / 500, alpha * fading),
                     width=pen)  # fmt: skip
    for _ in range(14):
        angle, away = chance.uniform(0, 2 * np.pi), chance.uniform(0, 0.5) * reach
        spot = middle[0] + away * np.cos(angle), middle[1] + away * np.sin(angle)
        start = int(chance.integers(360))
        draw.arc(_around(spot, chance.uniform(0.08, 0.25) * reach), start, start + 210,
                 fill=_rainbow(hue + away / reach, alpha * 0.6), width=pen)  # fmt: skip


def _upright(
    layer: Image.Image, place: tuple[float, float], alpha: int, chance: np.random.Generator
) -> None:
    ink = set_line(LETTERING, 0.03 * layer.height).ink.rotate(90, expand=True)
    colour = _rainbow(chance.random(), 255, pale=chance.random() < 0.5)  # noqa: PLR2004 - as often
    lettering = Image.new("RGBA", ink.size, colour)
    lettering.putalpha(ink.point(lambda shade: shade * alpha // 255))
    layer.alpha_composite(
        lettering, (round(place[0] * layer.width), round(place[1] * layer.height))
    )


def _around(middle: tuple[float, float], reach: float) -> tuple[float, float, float, float]:
    x, y = middle
    return x - reach, y - reach, x + reach, y + reach


def _rainbow(hue: float, alpha: float, *, pale: bool = False) -> tuple[int, int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, 0.1 if pale else 0.45, 0.98)
    return int(255 * red), int(255 * green), int(255 * blue), int(alpha)

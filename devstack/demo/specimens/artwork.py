"""What is on a card besides writing. Boxes are left, top, right, bottom in pixels."""

import random
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

PAPER = np.array([206, 229, 242], np.float32)
FINER = 4  # drawn so many times larger, so that edges come out smooth
GOLD, GOLD_EDGE, RED, INK = (218, 188, 116), (146, 116, 58), (170, 60, 50), (30, 30, 70)
LINE = 0.07  # half a guilloche line's width, as a share of the wave it is cut from
Box = tuple[int, int, int, int]


@cache
def ground(width: int, aspect: float, *, seed: int) -> Image.Image:
    """Light blue with fine wavy lines that cross each other, and a rosette of them."""
    height = round(width / aspect)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) / width
    lines = np.zeros((height, width), np.float32)
    for wave in range(3):
        phase = 7 * columns + 2.1 * wave + seed
        lines = np.maximum(lines, _line(150 * rows + 6 * np.sin(phase)))
    across, down = columns - 0.52, rows - 0.33
    reach, angle = np.hypot(across, down), np.arctan2(down, across)
    for side in (-1, 1):
        petals = _line(150 * reach + side * 5 * np.sin(12 * angle))
        lines = np.maximum(lines, petals * (reach < 0.27))  # noqa: PLR2004 - a share of the width
    shade = 1 - 0.05 * lines - 0.05 * rows
    glow = np.exp(-((reach / 0.3) ** 2))[:, :, None] * np.array([10, 6, 3])
    tint = PAPER * shade[:, :, None] + np.array([6, 2, -2]) * np.sin(9 * columns)[:, :, None]
    return Image.fromarray(np.clip(tint + glow, 0, 255).astype(np.uint8))


def chip(card: Image.Image, box: Box) -> None:
    """Contacts around a middle one, as ISO 7816 lays them out."""
    width, height = box[2] - box[0], box[3] - box[1]
    layer, draw = _layer(box)
    whole = (0, 0, FINER * width - 1, FINER * height - 1)
    edge = FINER * max(1, width // 70)
    draw.rounded_rectangle(whole, FINER * width // 9, fill=GOLD, outline=GOLD_EDGE, width=edge)
    across, down = FINER * width, FINER * height
    for share in (0.27, 0.5, 0.73):
        for start, end in ((0, 0.3), (0.7, 1)):
            line = (start * across, share * down, end * across, share * down)
            draw.line(line, fill=GOLD_EDGE, width=edge)
    middle = (0.3 * across, 0.22 * down, 0.7 * across, 0.78 * down)
    draw.rounded_rectangle(middle, across // 12, fill=GOLD, outline=GOLD_EDGE, width=edge)
    draw.line((0.5 * across, 0, 0.5 * across, 0.22 * down), fill=GOLD_EDGE, width=edge)
    draw.line((0.5 * across, 0.78 * down, 0.5 * across, down), fill=GOLD_EDGE, width=edge)
    _lay(card, layer, box)


def emblem(card: Image.Image, box: Box) -> None:
    """A made-up mark of spread wings where a real card has its emblem."""
    width, height = FINER * (box[2] - box[0]), FINER * (box[3] - box[1])
    layer, draw = _layer(box)
    pen = max(2, width // 42)
    for feather in range(6):
        reach = 0.48 - 0.055 * feather
        top, bottom = (0.16 + 0.10 * feather) * height, (0.62 + 0.05 * feather) * height
        wing = ((0.5 - reach) * width, top, (0.5 + reach) * width, 2 * bottom - top)
        draw.arc(wing, 182, 250, fill=RED, width=pen)
        draw.arc(wing, 290, 358, fill=RED, width=pen)
    middle = width / 2
    body = [(middle, 0.20), (0.62 * width, 0.48), (middle, 0.98), (0.38 * width, 0.48)]
    draw.polygon([(x, share * height) for x, share in body], outline=RED, width=pen)
    draw.line((middle, 0.34 * height, middle, 0.84 * height), fill=RED, width=pen)
    head = (0.43 * width, 0.02 * height, 0.57 * width, 0.16 * height)
    draw.ellipse(head, outline=RED, width=pen)
    _lay(card, layer, box)


def signature(card: Image.Image, box: Box, *, seed: int) -> None:
    """A scribble that nobody writes: loops that lean and get smaller."""
    chance = random.Random(seed)  # noqa: S311 - a scribble
    width, height = FINER * (box[2] - box[0]), FINER * (box[3] - box[1])
    time = np.linspace(0, 1, 300)
    loops, lean = chance.uniform(4.5, 7.5), chance.uniform(0.02, 0.07)
    size = (1 - 0.65 * time) * (0.75 + 0.25 * np.sin(chance.uniform(5, 11) * time))
    down = 0.5 + 0.42 * size * np.sin(2 * np.pi * loops * time + chance.uniform(0, 6))
    across = 0.06 + 0.84 * time + lean * np.cos(2 * np.pi * loops * time) - 0.08 * (down - 0.5)
    layer, draw = _layer(box)
    points = list(zip(across * width, down * height, strict=True))
    draw.line(points, fill=INK, width=max(2, width // 110), joint="curve")
    _lay(card, layer, box)


def _line(wave: np.ndarray) -> np.ndarray:
    """1 on the lines where the wave passes 0, softly falling off beside them."""
    return np.exp(-((np.sin(wave) / LINE) ** 2)).astype(np.float32)


def _layer(box: Box) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    size = FINER * (box[2] - box[0]), FINER * (box[3] - box[1])
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    return layer, ImageDraw.Draw(layer)


def _lay(card: Image.Image, layer: Image.Image, box: Box) -> None:
    small = layer.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BOX)
    card.paste(small, box[:2], small)

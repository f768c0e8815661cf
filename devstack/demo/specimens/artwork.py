"""Emblem, chip, barcode, seal and signature. Boxes are left, top, right, bottom in pixels."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageDraw

FINER = 3  # drawn so many times larger, so that edges come out smooth
GOLD = {"round": (196, 156, 78), "square": (222, 182, 112), "plate": (214, 184, 122)}
EDGE, RING, GARUDA, PEN = (92, 66, 34), (212, 72, 74), (92, 98, 98), (44, 44, 96)
PALE = (246, 247, 248)
# Right half of the emblem, from its middle to the right and downwards, in shares of its box.
BODY = (
    ((0, 0.12), (0.012, 0.20), (0.03, 0.25), (0.05, 0.29), (0.052, 0.35), (0.03, 0.39), (0, 0.40)),
    ((0, 0.37), (0.09, 0.42), (0.10, 0.48), (0.07, 0.58), (0.08, 0.66), (0, 0.68)),
    ((0.02, 0.63), (0.15, 0.64), (0.19, 0.71), (0.13, 0.75), (0.05, 0.72)),
    ((0, 0.66), (0.05, 0.72), (0.03, 0.78), (0.075, 0.90), (0.03, 0.87), (0, 0.92)),
)
WING = ((0.07, 0.44), (0.16, 0.41), (0.215, 0.31), (0.225, 0.22), (0.27, 0.14), (0.33, 0.20),
        (0.37, 0.31), (0.365, 0.44), (0.32, 0.54), (0.24, 0.61), (0.14, 0.63),
        (0.08, 0.58))  # fmt: skip
SHOULDER = (0.11, 0.49)
FEATHERS = ((0.25, 0.20), (0.30, 0.19), (0.345, 0.26), (0.365, 0.34), (0.36, 0.43), (0.33, 0.51),
            (0.28, 0.57), (0.21, 0.61), (0.15, 0.62))  # fmt: skip
ARM = ((0.10, 0.45), (0.155, 0.455), (0.185, 0.39))
LEG = ((0.17, 0.71), (0.235, 0.79), (0.20, 0.84), (0.14, 0.83))
CLAW = ((0.235, 0.79), (0.29, 0.80), (0.31, 0.76))
Box = tuple[int, int, int, int]


def chip(card: Image.Image, box: Box, *, form: str) -> None:
    """A contact plate: `round` and `square` have eight contacts, `plate` six, as ISO 7816 has."""
    with _drawn(card, box) as (draw, width, height):
        pen = max(2, width // 70)
        whole = (0, 0, width - 1, height - 1)
        draw.rounded_rectangle(whole, width // 7, fill=GOLD[form], outline=EDGE, width=pen)
        cuts = _plate_cuts() if form == "plate" else _square_cuts(waist=form == "round")
        for cut in cuts:
            points = [(x * width, y * height) for x, y in cut]
            draw.line(points, fill=EDGE, width=pen, joint="curve")


def _plate_cuts() -> Iterator[list[tuple[float, float]]]:
    yield [(0.31, 0), (0.31, 1)]
    yield [(0.68, 1), (0.68, 0.28), (1, 0.28)]
    for down in (0.29, 0.51, 0.73):
        yield [(0, down), (0.31, down)]
    for down in (0.50, 0.73):
        yield [(0.68, down), (1, down)]


def _square_cuts(*, waist: bool) -> Iterator[list[tuple[float, float]]]:
    """Around a middle one, whose neck is drawn in where the contacts are rounded."""
    for share in (0.08, 0.92):
        yield [(0, share), (1, share)]
        yield [(share, 0.08), (share, 0.92)]
    for down in (0.30, 0.52, 0.73):
        yield [(0, down), (0.36, down)]
        yield [(0.64, down), (1, down)]
    inner = [(0.36, 0.27), (0.36, 0.75), (0.42, 0.83), (0.58, 0.83), (0.64, 0.75), (0.64, 0.27)]
    if waist:
        inner = [(0.33, 0.31), (0.33, 0.71), (0.67, 0.71), (0.67, 0.31), (0.33, 0.31)]
        for top, neck in ((0.08, 0.31), (0.92, 0.71)):
            yield [(0.40, top), (0.47, (top + neck) / 2), (0.42, neck)]
            yield [(0.60, top), (0.53, (top + neck) / 2), (0.58, neck)]
    yield inner if waist else [*inner, (0.58, 0.19), (0.42, 0.19), inner[0]]
    yield [(0.5, 0), (0.5, 0.08 if waist else 0.19)]
    yield [(0.5, 0.92 if waist else 0.83), (0.5, 1)]


def emblem(card: Image.Image, box: Box) -> None:
    """A bird-man with spread wings and a crown, in a red ring on white; made up here."""
    with _drawn(card, box) as (draw, width, height):
        ring = (1, 1, width - 2, height - 2)
        draw.ellipse(ring, fill=PALE, outline=RING, width=max(3, width // 60))
        pen = max(2, width // 75)
        for side in (-1, 1):
            for shape in (*BODY, WING):
                places = [((0.5 + side * x) * width, y * height) for x, y in shape]
                draw.polygon(places, fill=GARUDA)
            for line, colour in ((ARM, PALE), (LEG, GARUDA), (CLAW, GARUDA)):
                places = [((0.5 + side * x) * width, y * height) for x, y in line]
                draw.line(places, fill=colour, width=2 * pen, joint="curve")
            for x, y in FEATHERS:
                ends = [((0.5 + side * x) * width, y * height) for x, y in (SHOULDER, (x, y))]
                draw.line(ends, fill=PALE, width=pen)
        for down in (0.42, 0.47, 0.52, 0.57):
            draw.arc((0.45 * width, (down - 0.03) * height, 0.55 * width, down * height),
                     20, 160, fill=PALE, width=pen)  # fmt: skip


def barcode(card: Image.Image, box: Box, *, seed: int) -> None:
    """Bars that lie across."""
    chance = random.Random(seed)  # noqa: S311 - bars that mean nothing
    left, top, right, bottom = box
    module = (bottom - top) / 240
    draw, at = ImageDraw.Draw(card), float(top)
    while at < bottom - 4 * module:
        bar = chance.choice((1, 1, 2, 3)) * module
        rows = (left, round(at), right, max(round(at), round(at + bar) - 1))
        draw.rectangle(rows, fill=(38, 38, 42))
        at += bar + chance.choice((1, 1, 2, 3)) * module


def seal(card: Image.Image, box: Box, *, colour: tuple[int, int, int], seed: int) -> None:
    """An office's stamp: rings, a rim of strokes, and a lion that is a few curls."""
    chance = random.Random(seed)  # noqa: S311 - ornament
    with _drawn(card, box) as (draw, width, _):
        ink, pen, middle = (*colour, chance.randint(130, 190)), max(2, width // 45), width / 2
        for share in (0.98, 0.90, 0.66):
            _ring(draw, middle, share * middle, ink, pen)
        for step in range(36):
            angle = step * np.pi / 18 + chance.uniform(-0.03, 0.03)
            inner, outer = 0.71 * middle, chance.uniform(0.78, 0.86) * middle
            across, down = np.cos(angle), np.sin(angle)
            ends = [(middle + reach * across, middle + reach * down) for reach in (inner, outer)]
            draw.line(ends, fill=ink, width=2 * pen)
        for _ in range(9):
            x, y, reach = (chance.uniform(*s) for s in ((0.3, 0.7), (0.3, 0.7), (0.06, 0.16)))
            curl = [
                width * (x - reach),
                width * (y - reach),
                width * (x + reach),
                width * (y + reach),
            ]
            start = chance.randrange(360)
            draw.arc(curl, start, start + 220, fill=ink, width=2 * pen)


def _ring(draw: ImageDraw.ImageDraw, middle: float, reach: float, ink: tuple, pen: int) -> None:
    edge = (middle - reach, middle - reach, middle + reach, middle + reach)
    draw.ellipse(edge, outline=ink, width=pen)


def signature(card: Image.Image, box: Box, *, seed: int) -> None:
    """A scribble that nobody writes: loops that lean and get smaller."""
    chance = random.Random(seed)  # noqa: S311 - a scribble
    with _drawn(card, box) as (draw, width, height):
        time = np.linspace(0, 1, 300)
        loops, lean = chance.uniform(2.5, 6.5), chance.uniform(0.02, 0.07)
        size = (1 - 0.65 * time) * (0.75 + 0.25 * np.sin(chance.uniform(5, 11) * time))
        down = 0.5 + 0.42 * size * np.sin(2 * np.pi * loops * time + chance.uniform(0, 6))
        across = 0.06 + 0.84 * time + lean * np.cos(2 * np.pi * loops * time) - 0.08 * (down - 0.5)
        points = list(zip(across * width, down * height, strict=True))
        draw.line(points, fill=PEN, width=max(2, width // 90), joint="curve")


@contextmanager
def _drawn(card: Image.Image, box: Box) -> Iterator[tuple[ImageDraw.ImageDraw, int, int]]:
    """A layer over `box`, FINER times as large, laid on the card when it is done."""
    size = box[2] - box[0], box[3] - box[1]
    large = (FINER * size[0], FINER * size[1])
    layer = Image.new("RGBA", large, (0, 0, 0, 0))
    yield ImageDraw.Draw(layer), *large
    small = layer.resize(size, Image.Resampling.BOX)
    card.paste(small, box[:2], small)

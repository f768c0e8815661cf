"""Emblem, chip, barcode, seal and signature. Boxes are left, top, right, bottom in pixels."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageDraw

FINER = 3  # drawn so many times larger, so that edges come out smooth
GOLD = {"round": (196, 156, 78), "square": (222, 182, 112), "plate": (214, 184, 122)}
EDGE, RING, GARUDA, PEN = (92, 66, 34), (212, 72, 74), (80, 87, 88), (44, 44, 96)
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
        draw.ellipse(ring, fill=(246, 247, 248), outline=RING, width=max(3, width // 60))
        pen = max(2, width // 60)
        for side in (-1, 1):
            for points, closed in _half_bird(side):
                places = [(x * width, y * height) for x, y in points]
                if closed:
                    draw.polygon(places, fill=GARUDA)
                else:
                    draw.line(places, fill=GARUDA, width=pen, joint="curve")
        head = (0.455, 0.29, 0.545, 0.39)
        draw.ellipse([s * t for s, t in zip(head, (width, height) * 2, strict=True)], fill=GARUDA)


def _half_bird(side: int) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """One half, mirrored by `side`: crown, body, feathers, arm, thigh and claw, tail."""

    def at(x: float, y: float) -> tuple[float, float]:
        return 0.5 + side * x, y

    yield [at(0, 0.17), at(0.015, 0.24), at(0.04, 0.28), at(0.045, 0.32), at(0, 0.33)], True
    yield [at(0, 0.37), at(0.10, 0.43), at(0.085, 0.54), at(0.06, 0.62), at(0, 0.66)], True
    for feather in range(9):
        share = feather / 8
        tip = 0.385 - 0.15 * share**1.5, 0.17 + 0.46 * share
        root = 0.08 + 0.03 * share, 0.45 + 0.12 * share
        bow = 0.30 - 0.10 * share, 0.42 + 0.17 * share
        yield [at(*root), at(bow[0] - 0.02, bow[1] - 0.02), at(*tip),
               at(bow[0] + 0.03, bow[1] + 0.015), at(root[0], root[1] + 0.03)], True  # fmt: skip
    yield [at(0.085, 0.44), at(0.15, 0.47), at(0.175, 0.39), at(0.16, 0.35)], False
    yield [at(0.02, 0.62), at(0.14, 0.65), at(0.17, 0.72), at(0.06, 0.73)], True
    yield [at(0.15, 0.70), at(0.215, 0.78), at(0.20, 0.83), at(0.15, 0.82)], False
    yield [at(0.215, 0.78), at(0.27, 0.79), at(0.29, 0.76)], False
    yield [at(0, 0.66), at(0.07, 0.74), at(0.04, 0.80), at(0.065, 0.88), at(0, 0.85)], True


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

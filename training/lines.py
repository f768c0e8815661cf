"""Draws one training line: text on a ground, photographed, cut out a little wrong.

A line comes out as 40 x W uint8: CROP_ROWS for the network and MARGIN above and below, so that
training can still shift it. `letter` is the height of ก, as everywhere in this package.
"""

import random
from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.fonts import Faces
from training.glyphs import BELOW, Inked, Setting, drawn_setting, set_line
from training.grounds import Grounds
from training.photo import photographed, scribbled
from training.words import LABELS, Text, Words

CROP_ROWS, MARGIN = 32, 4
ROWS = CROP_ROWS + 2 * MARGIN
LETTER = (20, 30)  # pixels at which text is set
# How much of a letter's height a crop has above and below the baseline.
WITH_MARKS, WITHOUT_MARKS = ((1.75, 2.5), (0.4, 1.05)), ((1.15, 2.4), (0.2, 0.95))
THAI_DATE = ((1.4, 2.4), (0.25, 1.0))
THAI = ("thai_name", "thai_date", "address", "religion", "label", "officer", "scrambled")
LABELLED = {"thai_name": (0.6, 0.7), "english": (0.62, 0.75), "english_date": (0.62, 0.75),
            "thai_date": (0.68, 0.78), "number": (0.55, 0.68)}  # fmt: skip
BLACK = ((36, 37, 34), (67, 74, 76), (51, 46, 40), (43, 49, 42), (48, 34, 46), (30, 30, 32))
BLUE = ((66, 79, 118), (81, 102, 140), (58, 60, 93), (40, 38, 110), (66, 95, 131))
VIOLET = ((123, 112, 150), (112, 100, 150), (98, 89, 130), (138, 128, 165))
GRAY = np.array([0.299, 0.587, 0.114], np.float32)
LEAST_CONTRAST = 26.0


class Line(NamedTuple):
    """`crop` is ROWS x W uint8; `text` has single spaces."""

    crop: np.ndarray
    text: str


class LineMaker:
    """Draws lines one after the other; the seed makes a run repeatable."""

    def __init__(self, assets: Path, seed: int, *, held_out: bool = False) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - drawing, not secrecy
        self.noise = np.random.default_rng(seed)
        self.words = Words(assets / "words.json", self.chance)
        self.faces = Faces(assets / "fonts", held_out=held_out)
        self.grounds = Grounds(self.noise)

    def draw(self) -> Line:
        text = self.words.draw()
        letter = self.chance.uniform(*LETTER)
        setting = drawn_setting(self.faces.pair(self.chance), letter, self.chance)
        before, after = self._margins(letter, empty=text.kind == "nothing")
        inked = set_line(text.text, setting, before=before, after=after)
        ink, others = self._with_label(inked, text, setting), self._neighbours(inked, setting)
        ink = self._with_edge(ink, inked, text, setting)
        gray = self._printed(ink, others, kind=text.kind)
        gray = scribbled(gray, letter, self.chance)
        above, below = self._reach(inked, text)
        crop = photographed(gray, inked.baseline, letter, reach=(above, below), rows=ROWS,
                            inner=CROP_ROWS, chance=self.chance, noise=self.noise)  # fmt: skip
        return Line(crop, " ".join(text.text.split()))

    def _margins(self, letter: float, *, empty: bool) -> tuple[int, int]:
        """Empty pixels before and after the text: zones are mostly longer than what they hold."""
        before = self.chance.uniform(0.15, 1.2 if self.chance.random() < 0.8 else 4)
        after = self.chance.uniform(0.15, 1.5 if self.chance.random() < 0.85 else 8)
        if empty:
            after = self.chance.uniform(2, 12)
        return round(before * letter), round(after * letter)

    def _reach(self, inked: Inked, text: Text) -> tuple[float, float]:
        """What the crop takes above and below: nearly always all of the text's own ink."""
        spans = WITH_MARKS if text.kind in THAI else WITHOUT_MARKS
        spans = THAI_DATE if text.kind == "thai_date" else spans
        above, below = (self.chance.uniform(*span) for span in spans)
        rows = np.flatnonzero(inked.mask.max(axis=1) > 100)
        if not len(rows):
            return above, below
        letter = (inked.mask.shape[0] - inked.baseline) / BELOW
        return (max(above, (inked.baseline - rows[0]) / letter - 0.06),
                max(below, (rows[-1] - inked.baseline) / letter - 0.06))  # fmt: skip

    def _with_label(self, inked: Inked, text: Text, setting: Setting) -> np.ndarray:
        """The field's label before it, smaller; cut anywhere. It is not read."""
        if text.kind not in LABELLED or self.chance.random() > 0.3:
            return inked.mask
        size = setting.letter * self.chance.uniform(*LABELLED[text.kind])
        label = set_line(self.chance.choice(LABELS), setting._replace(letter=size, tracking=0),
                         before=0, after=0)  # fmt: skip
        end = inked.start - round(self.chance.uniform(0.12, 0.8) * setting.letter)
        return _laid(inked.mask, label.mask, inked.baseline - label.baseline,
                     end - label.end, ends=end)  # fmt: skip

    def _with_edge(self, ink: np.ndarray, inked: Inked, text: Text, setting: Setting) -> np.ndarray:
        """The beginning of what stands to the right, cut by the crop's edge. It is not read."""
        date = text.kind.endswith("_date")
        gap = self.chance.uniform(0.9 if date else 1.4, 2.0) * setting.letter
        room = ink.shape[1] - inked.end - gap
        if text.kind == "nothing" or room < 2 or self.chance.random() > 0.4:
            return ink
        reach = (3.0 if date else 1.2) * setting.letter
        size = setting.letter * self.chance.uniform(0.6, 1.2)
        other = set_line(self.words.beside(), setting._replace(letter=size), before=0, after=0)
        seen = self.chance.uniform(1, min(room, reach))
        away = self.chance.uniform(-0.4, 0.4) * setting.letter
        return _laid(ink, other.mask, round(inked.baseline + away) - other.baseline,
                     round(ink.shape[1] - seen) - other.start)  # fmt: skip

    def _neighbours(self, inked: Inked, setting: Setting) -> np.ndarray | None:
        """Lines above and below that reach into the crop."""
        layer = None
        for side in (-1, 1):
            if self.chance.random() > 0.42:
                continue
            away = self.chance.uniform(1.5, 2.6) * setting.letter
            size = setting.letter * self.chance.uniform(0.7, 1.2)
            if side < 0 and self.chance.random() < 0.6:
                away = max(away, 1.15 * setting.letter + 0.5 * size)
            away = max(away, 1.2 * size + 0.35 * setting.letter) if side > 0 else away
            other = set_line(self.words.beside(), setting._replace(letter=size), before=0, after=0)
            layer = np.zeros_like(inked.mask) if layer is None else layer
            left = self.chance.randint(-other.mask.shape[1] // 2, max(1, inked.mask.shape[1] - 40))
            layer = _laid(layer, other.mask, round(inked.baseline + side * away) - other.baseline,
                          left)  # fmt: skip
        return layer

    def _printed(self, ink: np.ndarray, others: np.ndarray | None, *, kind: str) -> np.ndarray:
        """Ink on ground, seen in gray: H x W float32. The gray is of any mixture of channels."""
        ground = self.grounds.patch(*ink.shape)
        colour = np.array(self.chance.choice(self._inks(kind)), np.float32)
        colour += np.array([self.chance.gauss(0, 7) for _ in range(3)], np.float32)
        mix = self._mixture()
        seen, dark = ground @ mix, float(colour @ mix)
        if seen.mean() - dark < LEAST_CONTRAST:
            seen, dark = ground @ GRAY, float(colour @ GRAY)
        dark = min(dark, float(seen.mean()) - LEAST_CONTRAST)
        strength = self.chance.uniform(0.8, 1) / 255
        if others is not None:
            other = self.chance.uniform(0.8, 1.6) * dark
            seen += (
                others.astype(np.float32) * np.float32(strength) * (np.minimum(other, seen) - seen)
            )
        return seen + ink.astype(np.float32) * np.float32(strength) * (dark - seen)

    def _inks(self, kind: str) -> tuple[tuple[int, int, int], ...]:
        if kind in ("english", "english_date", "religion"):
            return VIOLET if self.chance.random() < 0.3 else BLUE
        return BLUE if self.chance.random() < 0.1 else BLACK

    def _mixture(self) -> np.ndarray:
        roll = self.chance.random()
        if roll < 0.5:
            return GRAY
        if roll < 0.75:
            return np.eye(3, dtype=np.float32)[self.chance.randrange(3)]
        return self.noise.dirichlet((1, 1, 1)).astype(np.float32)


def _laid(
    base: np.ndarray, piece: np.ndarray, top: int, left: int, *, ends: int | None = None
) -> np.ndarray:
    """`base` with `piece` over it at a place that may be partly outside, up to column `ends`."""
    high, wide = base.shape
    until = wide if ends is None else min(wide, ends)
    rows = slice(max(0, top), max(0, min(high, top + piece.shape[0])))
    columns = slice(max(0, left), max(0, min(until, left + piece.shape[1])))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return base
    part = piece[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    laid = base.copy()
    laid[rows, columns] = np.maximum(laid[rows, columns], part)
    return laid

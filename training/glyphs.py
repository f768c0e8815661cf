"""Sets a line of text as a mask of ink, Thai in one face and Latin and digits in another."""

import random
import re
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from training.fonts import Face

RUNS = re.compile(r"[ก-๎]+|[^ก-๎ ]+| +")
ABOVE, BELOW = 2.6, 1.1  # of a letter's height: what a mask holds over and under the baseline


class Setting(NamedTuple):
    """How a line is set: faces, the height of a letter in pixels, digits' share of it, spacing."""

    thai: Face
    latin: Face
    letter: float
    digits: float
    space: float
    tracking: float


class Inked(NamedTuple):
    """A line's ink, H x W uint8, 255 where it is black; `baseline` is a row of it, and `start` and
    `end` the columns between which the text stands."""

    mask: np.ndarray
    baseline: int
    start: int
    end: int


def drawn_setting(faces: tuple[Face, Face], letter: float, chance: random.Random) -> Setting:
    """A space is as wide as a digit on the card, give or take."""
    return Setting(*faces, letter, chance.uniform(0.95, 1.3), chance.uniform(0.6, 1.5),
                   chance.choice((0, 0, 0, 0, chance.uniform(-0.03, 0.08))))  # fmt: skip


def set_line(text: str, setting: Setting, *, before: int, after: int) -> Inked:
    """Draw `text` with `before` and `after` pixels of nothing at its sides."""
    pieces, at = [], float(before)
    for run in RUNS.findall(text):
        if run[0] == " ":
            width = setting.latin.digit_width / setting.latin.letter * setting.letter
            at += len(run) * width * setting.space
            continue
        thai = "ก" <= run[0] <= "๎"
        size = setting.letter if thai else setting.letter * setting.digits
        font = (setting.thai if thai else setting.latin).at(size)
        parts = clusters(run) if setting.tracking else [run]
        for part in parts:
            pieces.append((at, part, font))
            at += font.getlength(part) + setting.tracking * setting.letter
    baseline = round(ABOVE * setting.letter)
    size = (int(at) + after + 2, baseline + round(BELOW * setting.letter))
    picture = Image.new("L", size, 0)
    draw = ImageDraw.Draw(picture)
    for place, part, font in pieces:
        draw.text((place, baseline), part, fill=255, font=font, anchor="ls")
    return Inked(np.asarray(picture), baseline, before, int(at))


def clusters(run: str) -> list[str]:
    """Letters with their marks, so that they can be set apart from each other."""
    return re.findall(r"[^ัิ-ฺ็-๎ำ][ัิ-ฺ็-๎ำ]*|.", run)

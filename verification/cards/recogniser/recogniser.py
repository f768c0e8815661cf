"""Runs the network (ONNX, one thread) and reads its steps by CTC."""

import hashlib
import json
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from onnxruntime import InferenceSession, SessionOptions

from verification.cards.recogniser.alphabets import LETTERS
from verification.images.arrays import Floats, Grey

FOLDER = Path(__file__).parent
ROWS = 32  # pixels of height that the network takes
STRIDE = 2  # pixels of width a step stands for
WIDTH_STEP = 16  # widths are filled up to a multiple of this
NARROWEST, WIDEST = 16, 2048  # pixels of a line at ROWS
SPREAD = 6.0  # as in training/network.py: keeps an empty line's noise small
BLANK = 0


class DamagedModel(Exception):
    """The weights are not those that the data card names."""


class Reading(NamedTuple):
    """The letters of a line, spaces single, and for each letter how sure it is, 0 to 1, and where
    it stands, as a share of the line's width: anywhere within the letter. `steps` is what the
    network says: T x CLASSES, each row adding up to 1.
    """

    text: str
    letters: tuple[float, ...]
    places: tuple[float, ...]
    steps: Floats

    @property
    def weakest(self) -> float:
        """Of the letters' confidences the least; 0 where nothing was read. Spaces do not count."""
        sure = [one for letter, one in zip(self.text, self.letters, strict=True) if letter != " "]
        return min(sure, default=0.0)

    @property
    def bare(self) -> str:
        return self.text.replace(" ", "")


def read(line: Grey, *, letters: Collection[str] | None = None) -> Reading:
    """Read one line: H x W uint8 gray, dark on light, about 2 letters' height above the baseline
    and three quarters below it (`line_crops` cuts so). `letters` are the only ones there can be.

    The confidences stay those among all letters: a mask that forces a letter makes it unsure.
    """
    (reading,) = read_many([line], letters=letters)
    return reading


def read_many(lines: Sequence[Grey], *, letters: Collection[str] | None = None) -> list[Reading]:
    """Read several lines, those of like width in one run of the network."""
    inputs = [_normalised(line) for line in lines]
    widths: dict[int, list[int]] = {}
    for place, pixels in enumerate(inputs):
        widths.setdefault(-(-pixels.shape[1] // WIDTH_STEP) * WIDTH_STEP, []).append(place)
    found: dict[int, Reading] = {}
    mask = _mask(letters)
    for width, places in widths.items():
        batch = np.zeros((len(places), 1, ROWS, width), np.float32)
        for row, place in enumerate(places):
            batch[row, 0, :, : inputs[place].shape[1]] = inputs[place]
        (steps,) = _session().run(None, {"lines": batch})
        for row, place in enumerate(places):
            used = -(-inputs[place].shape[1] // STRIDE)
            found[place] = _decoded(steps[row, :used], mask)
    return [found[place] for place in range(len(lines))]


def _normalised(line: Grey) -> Floats:
    """ROWS x W float32: less its mean, over its deviation."""
    if line.ndim != 2 or line.dtype != np.uint8 or not line.size:  # noqa: PLR2004 - rows, columns
        raise ValueError("a line is H x W uint8")
    width = round(line.shape[1] * ROWS / line.shape[0])
    width = min(WIDEST, max(NARROWEST, width))
    kind = cv2.INTER_AREA if line.shape[0] > ROWS else cv2.INTER_LINEAR
    small = cv2.resize(line, (width, ROWS), interpolation=kind).astype(np.float32)
    normalised: Floats = (small - small.mean()) / (small.std() + np.float32(SPREAD))
    return normalised


def _mask(letters: Collection[str] | None) -> Floats | None:
    """1 for classes that there can be, 0 for others; the blank can always be."""
    if letters is None:
        return None
    return np.array([1.0, *(float(letter in letters) for letter in LETTERS)], np.float32)


def _decoded(steps: Floats, mask: Floats | None) -> Reading:
    """CTC's best path; a letter is as sure as the surest of its steps. T x CLASSES."""
    best = (steps if mask is None else steps * mask).argmax(axis=1)
    text, sure, places, before = [], [], [], BLANK
    for step, now in enumerate(best):
        chance = float(steps[step, now])
        if now not in (BLANK, before):
            text.append(LETTERS[now - 1])
            sure.append(chance)
            places.append((step + 0.5) / len(best))
        elif now != BLANK:
            sure[-1] = max(sure[-1], chance)
        before = now
    return _tidy(text, sure, places, steps)


def _tidy(text: list[str], sure: list[float], places: list[float], steps: Floats) -> Reading:
    """Without spaces at the ends, and single ones between."""
    kept = [
        place
        for place, letter in enumerate(text)
        if letter != " " or (0 < place < len(text) - 1 and text[place - 1] != " ")
    ]
    if kept and text[kept[-1]] == " ":
        kept.pop()
    return Reading(
        "".join(text[place] for place in kept),
        tuple(sure[place] for place in kept),
        tuple(places[place] for place in kept),
        steps,
    )


@cache
def _session() -> InferenceSession:
    options = SessionOptions()
    # One thread a worker process: more of them only get in each other's way.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(
        checked(FOLDER / "letters.onnx"), options, providers=["CPUExecutionProvider"]
    )


def checked(path: Path) -> bytes:
    """The weights, if they are those that data_card.json beside them names."""
    content = path.read_bytes()
    expected = json.loads((path.parent / "data_card.json").read_text("utf-8"))["sha256"]
    if hashlib.sha256(content).hexdigest() != expected:
        raise DamagedModel(f"{path.name} is not what data_card.json says")
    return content

"""The frames of the head turns as they came, and what the portal knows of their making."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np

from core.typing import Json
from verification.faces.challenge import Answers, Frame
from verification.images import decode, encode

SHEET_FRAME = (240, 320)  # width and height, in pixels
DETAILS = ("times", "steps", "sizes", "settled", "colours")  # all of a Film but its frames


def pack(frames: Sequence[bytes]) -> bytes:
    """One file of them: a JSON list of base64."""
    return json.dumps([b64encode(frame).decode() for frame in frames]).encode()


def unpack(packed: bytes) -> list[bytes]:
    return [b64decode(frame) for frame in json.loads(packed)]


def rows_of(sizes: Sequence[int], colours: Sequence[str]) -> list[int]:
    """Of a sheet: a row for each step, the last for the colours."""
    return [*sizes, len(colours)] if colours else [*sizes]


@dataclass(frozen=True, kw_only=True)
class Film:
    """`frames` (JPEG) with `times`, the client's milliseconds since the first. They show `steps`,
    one after the other, `sizes` frames each; `settled` is how many milliseconds after each step was
    told its frames were settled, by the portal's clock. The last frames were taken under `colours`
    of the screen, one each, where there are any.
    """

    frames: Sequence[bytes]
    times: Sequence[int]
    steps: Sequence[str]
    sizes: Sequence[int]
    settled: Sequence[int]
    colours: Sequence[str] = ()

    def answers(self) -> Answers:
        """The frames of the steps, decoded, in bursts. Raises BadImage; ValueError where the
        numbers differ.
        """
        if sum(self.sizes) + len(self.colours) != len(self.frames):
            raise ValueError("not as many frames as the steps and colours have")
        frames = self._decoded(0, sum(self.sizes))
        return Answers([list(islice(frames, size)) for size in self.sizes], self.settled)

    @property
    def details(self) -> Json:
        """What is known of the film without its frames, by DETAILS."""
        return {name: list(getattr(self, name)) for name in DETAILS}

    @property
    def rows(self) -> list[int]:
        """How many frames each row of the sheet has."""
        return rows_of(self.sizes, self.colours)

    def coloured(self) -> list[Frame]:
        """The frame of each colour. Raises as answers() does."""
        return list(self._decoded(sum(self.sizes), len(self.frames)))

    def _decoded(self, first: int, end: int) -> Iterator[Frame]:
        both = zip(self.frames[first:end], self.times[first:end], strict=True)
        return (Frame(decode(frame), taken) for frame, taken in both)

    def sheet(self) -> bytes:
        """All frames in one JPEG for people. Raises as answers() does."""
        width, height = SHEET_FRAME
        bursts = [*self.answers().bursts, *([self.coloured()] if self.colours else [])]
        sheet = np.zeros((height * len(self.rows), width * max(self.rows), 3), np.uint8)
        for row, burst in enumerate(bursts):
            for column, frame in enumerate(burst):
                small = cv2.resize(frame.picture, SHEET_FRAME, interpolation=cv2.INTER_AREA)
                top, left = height * row, width * column
                sheet[top : top + height, left : left + width] = small
        return encode(sheet)

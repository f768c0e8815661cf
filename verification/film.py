"""The frames of the head turns as they came, and what the portal knows of their making."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np

from verification.faces.challenge import Answers, Frame
from verification.images import decode, encode

SHEET_FRAME = (240, 320)  # width and height, in pixels


@dataclass(frozen=True, kw_only=True)
class Film:
    """`frames` (JPEG) with `times`, the client's milliseconds since the first. They show `steps`,
    one after the other, `sizes` frames each; `settled` is how many milliseconds after each step was
    told its frames were settled, by the portal's clock.
    """

    frames: Sequence[bytes]
    times: Sequence[int]
    steps: Sequence[str]
    sizes: Sequence[int]
    settled: Sequence[int]

    def answers(self) -> Answers:
        """The frames decoded, in bursts. Raises BadImage; ValueError where the numbers differ."""
        if sum(self.sizes) != len(self.frames):
            raise ValueError("not as many frames as the steps have")
        frames = (
            Frame(decode(frame), taken)
            for frame, taken in zip(self.frames, self.times, strict=True)
        )
        return Answers([list(islice(frames, size)) for size in self.sizes], self.settled)

    def sheet(self) -> bytes:
        """All frames in one JPEG for people, a row for each step. Raises as answers() does."""
        width, height = SHEET_FRAME
        bursts = self.answers().bursts
        sheet = np.zeros((height * len(bursts), width * max(self.sizes), 3), np.uint8)
        for row, burst in enumerate(bursts):
            for column, frame in enumerate(burst):
                small = cv2.resize(frame.picture, SHEET_FRAME, interpolation=cv2.INTER_AREA)
                top, left = height * row, width * column
                sheet[top : top + height, left : left + width] = small
        return encode(sheet)

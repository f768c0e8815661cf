"""Lines drawn by processes of their own into shared memory, for training to draw from at random.

A ring for each process and width: a process writes into its own rings only, so nothing is locked.
A line that is overwritten while it is read is a wrong label once in many thousands; it is let be.
"""

import mmap
import os
import time
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np

from training.alphabet import NUMBER_OF, encoded
from training.lines import ROWS, LineMaker

WIDTHS = (104, 152, 208, 256, 336, 440, 568)
LONGEST = 56  # letters of a line at most
SLACK = 2  # steps that CTC needs more than letters, at least


def shared(shape: tuple[int, ...], kind: type) -> np.ndarray:
    """Zeros that processes made later share."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    return np.frombuffer(mmap.mmap(-1, max(1, size)), kind)[: int(np.prod(shape))].reshape(shape)


class Buffer:
    """`lines` in all, drawn by `processes`; start it before anything touches a GPU."""

    def __init__(
        self, assets: Path, *, lines: int, processes: int, seed: int, ahead: int = 1 << 60
    ) -> None:
        self.each = max(8, lines // (processes * len(WIDTHS)))
        ring = (processes, self.each)
        self.crops = [shared((*ring, ROWS, width), np.uint8) for width in WIDTHS]
        self.labels = [shared((*ring, LONGEST), np.int16) for _ in WIDTHS]
        self.sizes = [shared((*ring, 2), np.int32) for _ in WIDTHS]  # width, letters
        self.written = shared((processes, len(WIDTHS)), np.int64)
        self.wanted = shared((1,), np.int64)  # no more than so many need be drawn by now
        self.wanted[0] = ahead
        context = get_context("fork")
        self.processes = [
            context.Process(target=self._fill, args=(assets, number, seed), daemon=True)
            for number in range(processes)
        ]
        for process in self.processes:
            process.start()

    def _fill(self, assets: Path, number: int, seed: int) -> None:
        cv2.setNumThreads(1)
        maker = LineMaker(assets, seed + 7919 * number)
        parent = os.getppid()
        while os.getppid() == parent:
            if self.drawn > self.wanted[0]:
                time.sleep(0.05)
                continue
            crop, text = maker.draw()
            if not set(text) <= NUMBER_OF.keys():
                continue
            wide, letters = crop.shape[1], encoded(text)
            bucket = next((at for at, width in enumerate(WIDTHS) if width >= wide), None)
            if bucket is None or not readable(letters, wide):
                continue
            slot = self.written[number, bucket] % self.each
            self.crops[bucket][number, slot] = 0
            self.crops[bucket][number, slot, :, :wide] = crop
            self.labels[bucket][number, slot, : len(letters)] = letters
            self.sizes[bucket][number, slot] = wide, len(letters)
            self.written[number, bucket] += 1

    @property
    def drawn(self) -> int:
        return int(self.written.sum())

    def wait_for(self, lines: int) -> None:
        while self.drawn < lines or (self.written.sum(axis=0) == 0).any():
            time.sleep(0.2)

    def batch(
        self, pixels: int, chance: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """As many lines of one width as fit into `pixels` of width: N x ROWS x W uint8, N x LONGEST
        labels, N x 2 sizes."""
        share = self.written.sum(axis=0) * np.array(WIDTHS)
        bucket = int(chance.choice(len(WIDTHS), p=share / share.sum()))
        count = max(2, pixels // WIDTHS[bucket])
        filled = np.minimum(self.written[:, bucket], self.each)
        picked = chance.integers(filled.sum(), size=count)
        process = np.searchsorted(np.cumsum(filled), picked, side="right")
        slot = picked - (np.cumsum(filled) - filled)[process]
        at = (process, slot)
        return self.crops[bucket][at], self.labels[bucket][at], self.sizes[bucket][at]

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()


def readable(letters: list[int], width: int) -> bool:
    """Whether CTC has a step for every letter, and one more between equal ones."""
    repeats = sum(one == other for one, other in pairwise(letters))
    return len(letters) <= LONGEST and width // 2 >= len(letters) + repeats + SLACK

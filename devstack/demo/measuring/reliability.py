"""How often what is said to be so likely is right: by bins, and as a curve that never falls."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from verification.faces.calibration import Share

SOME = 10
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


class Bin(NamedTuple):
    """Of what is said to be likely between two bounds: the mean of that, and what was right."""

    low: float
    high: float
    said: float
    right: Share


def binned(pairs: Iterable[tuple[float, bool]], bounds: Sequence[float] = BINS) -> list[Bin]:
    """Pairs are how likely a thing is said to be, 0 to 1, and whether it is right; no empty bin."""
    said, right = np.array([(one, float(ok)) for one, ok in pairs]).reshape(-1, 2).T
    found = []
    for low, high in pairwise(bounds):
        held = (said >= low) & ((said < high) | (high == bounds[-1]))
        if held.any():
            share = Share(int(right[held].sum()), int(held.sum()))
            found.append(Bin(low, high, float(said[held].mean()), share))
    return found


def curve_of(pairs: Iterable[tuple[float, bool]], bounds: Sequence[float] = BINS) -> dict:
    """Histogram calibration: knots `said` and `right`, one a bin, made such that it never falls.

    A bin counts some things more than it has, right as often as is said: few say little.
    """
    bins = binned(pairs, bounds)
    right = [(one.right.count + SOME * one.said) / (one.right.total + SOME) for one in bins]
    return {
        "said": [round(one.said, 4) for one in bins],
        "right": [round(float(one), 4) for one in np.maximum.accumulate(right)],
    }


def table(bins: Iterable[Bin], what: str) -> list[str]:
    head = f"| said to be likely | on average | {what} right | 95 % interval |"
    lines = [head, "|---|--:|--:|---|"]
    for one in bins:
        low, high = one.right.interval
        share = f"{one.right.count} of {one.right.total}"
        lines.append(f"| {one.low:.2f} to {one.high:.2f} | {one.said:.3f} | {share} | "
                     f"{low:.1%} to {high:.1%} |")  # fmt: skip
    return lines

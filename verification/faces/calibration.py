"""How sure a threshold is: genuine and impostor scores of known people, and the errors they give.

Terms as in ISO/IEC 19795-1: FMR is the share of impostor comparisons at or above a threshold, FNMR
the share of genuine ones below it.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from verification.faces.engine import Embedding, similarity
from verification.images.arrays import Floats

SECOND_COPY = 0.99  # two files of one photo are no comparison
NINETY_FIVE = 1.96


@dataclass(frozen=True)
class Scores:
    """Cosines of all pairs of photos of one person, and of two people; both ascending."""

    genuine: Floats
    impostor: Floats

    @classmethod
    def of(cls, photos: list[tuple[str, Embedding]]) -> "Scores":
        """From (person, embedding) of each photo."""
        genuine: list[float] = []
        impostor: list[float] = []
        for (person, one), (another, other) in combinations(photos, 2):
            likeness = similarity(one, other)
            if likeness < SECOND_COPY:
                (genuine if person == another else impostor).append(likeness)
        return cls(np.sort(genuine), np.sort(impostor))

    def threshold_at(self, false_match_rate: float) -> float | None:
        """The lowest threshold with at most this FMR; None where too few pairs were seen."""
        allowed = math.floor(false_match_rate * len(self.impostor))
        if allowed < 1:
            return None
        return float(np.nextafter(self.impostor[-allowed - 1], 2))

    def errors_at(self, threshold: float) -> tuple["Share", "Share"]:
        """FMR and FNMR at a threshold."""
        return (
            Share(int((self.impostor >= threshold).sum()), len(self.impostor)),
            Share(int((self.genuine < threshold).sum()), len(self.genuine)),
        )


@dataclass(frozen=True)
class Share:
    """`count` of `total`, with the interval that holds the true share 95 times in 100 (Wilson)."""

    count: int
    total: int

    @property
    def interval(self) -> tuple[float, float]:
        """Too narrow where pairs share a person: they are taken as independent."""
        if not self.total:
            return 0.0, 1.0
        share, square = self.count / self.total, NINETY_FIVE**2
        middle = (share + square / (2 * self.total)) / (1 + square / self.total)
        root = math.sqrt(share * (1 - share) / self.total + square / (4 * self.total**2))
        half = NINETY_FIVE * root / (1 + square / self.total)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        share = self.count / self.total if self.total else 0.0
        return f"{share:.3%} ({self.count} of {self.total}; 95 %: {low:.3%} to {high:.3%})"

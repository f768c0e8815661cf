"""The head turns of an exercise, shown as those of a case: two turns, half of the frames each."""

import random
from collections.abc import Sequence
from itertools import accumulate

from verification.film import Film, unpack

LOOKS = (118, 176)  # milliseconds between two frames of a turn, as pages take them
TOLD = (1_900, 3_400)  # between two turns: the second is told once the first is made
DRAW = random.SystemRandom()


def as_film(frames: Sequence[bytes]) -> Film:
    first = len(frames) // 2
    waits = [DRAW.randint(*(TOLD if place == first else LOOKS)) for place in range(1, len(frames))]
    return Film(
        frames=frames,
        times=[*accumulate(waits, initial=0)],
        steps=["turn_left", "turn_right"],
        sizes=[first, len(frames) - first],
        settled=[0, 0],
    )


def film_in(packed: bytes) -> Film:
    return as_film(unpack(packed))

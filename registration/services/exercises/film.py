"""The head turns of an exercise, shown as those of a case: two turns, half of the frames each."""

import json
from base64 import b64decode
from collections.abc import Sequence

from verification.film import Film


def as_film(frames: Sequence[bytes]) -> Film:
    first = len(frames) // 2
    return Film(
        frames=frames,
        times=[200 * place for place in range(len(frames))],
        steps=["turn_left", "turn_right"],
        sizes=[first, len(frames) - first],
        settled=[0, 0],
    )


def film_in(packed: bytes) -> Film:
    return as_film([b64decode(frame) for frame in json.loads(packed)])

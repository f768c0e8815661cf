"""Films of people with the light of a screen put on them by arithmetic; what is told of it.

The films (../shared/faces/turns) bring what people, cameras and rooms do within seconds, the light
is an estimate: no person was filmed before a coloured screen.
"""

from dataclasses import dataclass

import numpy as np

from devstack.demo.measuring.turns import Person
from verification.capture import Light
from verification.faces.colours import (
    COLOURS,
    SHOWN,
    Tint,
    draw_colours,
    fitted,
    linear_light,
    tint_of,
)

# Of the light of a room of so many lux, by a phone's screen of 450 nits at 33 cm.
ROOMS = {200: 0.14, 350: 0.08, 500: 0.057, 1000: 0.028, 2000: 0.014}
WALL = 0.03  # of that light reaches the room behind
DRAWS = 8  # for each film


@dataclass(frozen=True)
class Told:
    person: int
    light: Light


def runs_of(shown: list[Person]) -> list[tuple[int, list[Tint]]]:
    """All neighbouring frames of a film that make up a sequence, with whose they are."""
    tints = [(one.number, [tint_of(*shot) for shot in one.shots]) for one in shown if one.real]
    return [
        (person, all_[first : first + SHOWN])
        for person, all_ in tints
        for first in range(len(all_) - SHOWN + 1)
    ]


def told(runs: list[tuple[int, list[Tint]]], share: float, *, replayed: bool) -> list[Told]:
    """What is said of each run under this share of a screen's light; `replayed`: of other colours
    than those that are drawn now.
    """
    found = []
    for person, tints in runs:
        for _ in range(DRAWS):
            shown = draw_colours()
            lit = [_lit(tint, name, share) for tint, name in zip(tints, shown, strict=True)]
            drawn = draw_colours() if replayed else shown
            found.append(Told(person, fitted(drawn, lit).light))
    return found


def _lit(tint: Tint, name: str, share: float) -> Tint:
    room = None if tint.room is None else tint.room + _added(name, WALL * share)
    return Tint(tint.skin + _added(name, share), room)


def _added(name: str, share: float) -> np.ndarray:
    red, green, blue = 1 + share * linear_light(np.array(COLOURS[name]))
    return np.array([np.log(red / green), np.log(blue / green)])

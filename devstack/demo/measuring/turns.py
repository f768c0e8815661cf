"""Heads that turned, in films of people, and pictures made to turn; what is said of them.

The films lie beside the repository where there are any (../shared/faces/turns, turns.json says what
they are). Of each person the straightest picture is what the attacks are made of.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from django.conf import settings

from devstack.demo.measuring.warps import WARPS, turned_to
from devstack.demo.measuring.warps.head import Head
from devstack.demo.measuring.warps.taken import TAKEN
from verification.faces.challenge import SAME_PERSON, TURNED
from verification.faces.engine import Face, embed, find_faces, similarity
from verification.faces.pose import pose_of
from verification.faces.solid import LEAST_TURN, OWN_GRAIN, SOLID, Turned, weigh
from verification.images import decode

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "faces" / "turns"
MISSING = "No films of turning heads: ../shared/faces/turns is not there, so nothing was measured."
SIDES = (-1, 1)
TURNS = (0.20, 0.30)  # what an attack goes for, to each side

Shot = tuple[np.ndarray, Face]


@dataclass(frozen=True)
class Person:
    """`real` is false for the renderings of a scanned head. The first shot looks straight ahead."""

    number: int
    real: bool
    shots: list[Shot]

    @property
    def head(self) -> Head:
        return Head(*self.shots[0], seed=self.number)


@dataclass(frozen=True)
class Film:
    """A straight shot and those of a turn to one side."""

    person: int
    shots: list[Shot]

    @cached_property
    def turned(self) -> Turned:
        return weigh(self.shots)

    @property
    def score(self) -> float | None:
        return self.turned.score

    @property
    def follows(self) -> bool:
        """What the rule of the steps says: far enough to one side, and the same face in all."""
        turns = [abs(turn) for turn in turns_of(self.shots)]
        first, *others = (embed(*shot) for shot in self.shots)
        alike = min((similarity(first, other) for other in others), default=1.0)
        return max(turns, default=0.0) > TURNED and alike >= SAME_PERSON


@dataclass(frozen=True)
class Verdict:
    """`solid` and `grain` are None where no shot is turned far enough to be looked at."""

    person: int
    follows: bool
    solid: bool | None
    grain: bool | None

    @classmethod
    def of(cls, film: Film) -> "Verdict":
        score, grain = film.turned.score, film.turned.grain
        return cls(
            film.person,
            film.follows,
            None if score is None else score >= SOLID,
            None if grain is None else grain >= OWN_GRAIN,
        )


def people(folder: Path = FOLDER) -> list[Person]:
    """One for each sequence of turns.json; a frame without a face is left out."""
    listed = json.loads((folder / "turns.json").read_text())["sequences"]
    return [
        Person(
            one["person"], one["kind"] == "real",
            _shots([decode((folder / frame["file"]).read_bytes()) for frame in one["frames"]]),
        )
        for one in listed
    ]  # fmt: skip


def turns_of(shots: list[Shot]) -> list[float]:
    """How far each but the first is turned against the first, as Pose.turn."""
    first, *others = (pose_of(face).turn for _picture, face in shots)
    return [turn - first for turn in others]


def honest(one: Person) -> list[Film]:
    """A film for each side that the person turned to far enough to be looked at."""
    turns = [0.0, *turns_of(one.shots)]
    sides = [[n for n, turn in enumerate(turns) if side * turn >= LEAST_TURN] for side in SIDES]
    return [Film(one.number, [one.shots[n] for n in (0, *side)]) for side in sides if side]


def attacks(one: Person, species: str) -> list[Film]:
    """A film for each side: the straight picture and two warps of it."""
    return [
        Film(one.number, [one.shots[0], *_shots([
            turned_to(WARPS[species], one.head, side * turn) for turn in TURNS
        ])]) for side in SIDES
    ]  # fmt: skip


def as_taken(film: Film, taken: str) -> Film:
    """As it reaches the portal (`TAKEN`); a shot in which no face is left is left out."""
    draw = np.random.default_rng(film.person)
    return Film(film.person, _shots([TAKEN[taken](one, draw) for one, _face in film.shots]))


def _shots(pictures: list[np.ndarray]) -> list[Shot]:
    found = [(picture, find_faces(picture)) for picture in pictures]
    return [(picture, faces[0]) for picture, faces in found if faces]

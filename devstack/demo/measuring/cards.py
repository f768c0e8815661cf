"""Reads specimen cards photographed under drawn conditions and counts what came out.

The conditions are drawn here, once, from what hands and phones do; the reader is not tuned to them.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from django.conf import settings

from devstack.demo.specimens import camera, card
from devstack.demo.specimens.people import Person, make_people
from devstack.demo.specimens.portraits import Portraits
from verification.cards import read_back, read_front
from verification.images import decode

SIZES = ((640, 480), (1280, 960), (1600, 1200), (2400, 1800), (4000, 3000))
GLARING = 0.25  # of the photos
GROUNDS = (*camera.BACKGROUNDS, "hand")
FIELDS = (
    "number", "title_th", "first_name_th", "last_name_th", "title_en", "first_name_en",
    "last_name_en", "birth_date", "religion", "address", "issue_date", "expiry_date", "laser_code",
)  # fmt: skip


@dataclass(frozen=True)
class Conditions:
    """Of one photo; the names and units are those of `camera.photograph`."""

    size: tuple[int, int]
    background: str
    rotation: float
    tilt: float
    share: float
    blur: float
    noise: float
    glare: float
    dim: float
    quality: int

    @classmethod
    def drawn(cls, seed: int) -> "Conditions":
        draw = np.random.default_rng([2026, seed])
        size = SIZES[draw.choice(len(SIZES), p=(0.1, 0.25, 0.3, 0.2, 0.15))]
        small = size[0] == SIZES[0][0]
        rotation = draw.uniform(-8, 8) if small else draw.uniform(-30, 30)
        return cls(
            size=size,
            background=str(draw.choice(GROUNDS)),
            rotation=rotation,
            tilt=draw.uniform(0.01, 0.10),
            share=_fitting(rotation) * (0.98 if small else draw.uniform(0.75, 0.95)),
            blur=draw.uniform(0.3, 1.2) * size[0] / SIZES[2][0],
            noise=draw.uniform(1, 6),
            glare=draw.uniform(0.1, 0.4) if draw.random() < GLARING else 0.0,
            dim=draw.uniform(0.6, 1.05),
            quality=int(draw.integers(70, 95)),
        )


@dataclass(frozen=True)
class Trial:
    """What stood on a card, what was read with what confidence, and why a photo was refused."""

    conditions: Conditions
    printed: dict[str, str]
    read: dict[str, tuple[str, float]]
    refused: tuple[str, ...]


def try_card(seed: int, *, conditions: int | None = None) -> Trial:
    """Photograph both sides of the card of one made-up person and read them; `conditions` is the
    seed of the photo's, where another one than the first is wanted.
    """
    person = make_people(1, seed=seed)[0]
    drawn = seed if conditions is None else conditions
    conditions = Conditions.drawn(drawn)
    front, back = _photos(person, conditions, seed=drawn)
    sides = read_front(decode(front)), read_back(decode(back))
    return Trial(
        conditions,
        {name: getattr(person, name) for name in FIELDS},
        {
            name: (found.value, found.confidence)
            for side in sides
            for name, found in side.fields.items()
        },
        tuple(f"{at}: {code}" for at, side in zip(("front", "back"), sides, strict=True)
              for code in side.problems[:1]),
    )  # fmt: skip


def _photos(person: Person, conditions: Conditions, *, seed: int) -> tuple[bytes, bytes]:
    faces = _portraits()
    names = faces.names(person.sex)
    front = card.render_front(person, faces.card_portrait(names[seed % len(names)]))
    how = vars(conditions)
    return (
        camera.photograph(front, seed=seed, **how),
        camera.photograph(card.render_back(person), seed=seed + 1, **how),
    )


def _fitting(rotation: float) -> float:
    """The share of a 4:3 photo's width that a card turned so far may take."""
    angle = math.radians(abs(rotation))
    wide = math.cos(angle) + math.sin(angle) / 1.586
    tall = math.sin(angle) + math.cos(angle) / 1.586
    return min(0.92 / wide, 0.92 * 0.75 / tall)


@cache
def _portraits() -> Portraits:
    return Portraits(Path(settings.MODELS_DIR) / "portraits")


def confusions(trials: list[Trial], names: tuple[str, ...]) -> Counter:
    """How often one letter was read for another, where the two texts are equally long."""
    pairs = Counter()
    for trial in trials:
        for name in names:
            value = trial.read.get(name, ("", 0.0))[0]
            if len(value) == len(trial.printed[name]):
                pairs.update(
                    (one, other)
                    for one, other in zip(trial.printed[name], value, strict=True)
                    if one != other
                )
    return pairs

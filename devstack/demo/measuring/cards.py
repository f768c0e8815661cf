"""Reads specimen cards photographed under drawn conditions and counts what came out.

The conditions are drawn here, once, from what hands and phones do; the reader is not tuned to them.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from devstack.demo.measuring.faces import portraits
from devstack.demo.specimens import camera, card
from devstack.demo.specimens.generations import generation_of
from devstack.demo.specimens.lettering import NEAREST
from devstack.demo.specimens.look import Look, look_of, unseen_faces
from devstack.demo.specimens.people import Person, make_people, reissued
from devstack.demo.specimens.shot import Shot, fitting
from verification.cards import read_back, read_front
from verification.images import decode

WIDTHS = (380, 640, 960, 1280, 1600, 2400, 4000)  # pixels of a photo
HOW_OFTEN = (0.05, 0.10, 0.15, 0.22, 0.26, 0.14, 0.08)
USUAL = 1600  # pixels of a photo in which a lens blurs by the pixels given below
GROUNDS = (*camera.BACKGROUNDS, "hand", *camera.PATTERNS)
GLARING, SHAKEN, ASKEW = 0.25, 0.1, 0.15  # of the photos
YEARS = range(2005, 2026)  # of issue
FIELDS = (
    "number", "title_th", "first_name_th", "last_name_th", "title_en", "first_name_en",
    "last_name_en", "birth_date", "religion", "address", "issue_date", "expiry_date", "laser_code",
)  # fmt: skip


def conditions(seed: int) -> Shot:
    """How hands, phones and people's tables have it."""
    draw = np.random.default_rng([2027, seed])
    width = int(draw.choice(WIDTHS, p=HOW_OFTEN))
    size, coarse = (width, width * 3 // 4), width / USUAL
    framed = draw.choice(("whole", "near", "cut"), p=(0.7, 0.2, 0.1))
    flat = framed == "cut"
    askew = draw.uniform(-45, 45) if draw.random() < ASKEW else draw.normal(0, 7)
    rotation = 0.0 if flat else float(askew)
    full = 0.98 if width < WIDTHS[2] or framed != "whole" else draw.uniform(0.7, 0.97)
    margins = {"whole": None, "near": draw.uniform(0.0, 0.1), "cut": draw.uniform(-0.012, 0.0)}
    return Shot(
        size=size,
        background=str(draw.choice(GROUNDS)),
        rotation=rotation,
        tilt=0.0 if flat else float(draw.uniform(0, 0.03)),
        lean=0.0 if flat else min(35.0, abs(draw.normal(0, 12))),
        share=fitting(rotation, size) * full,
        margin=margins[framed],
        quarter=int(draw.choice(4, p=(0.7, 0.1, 0.1, 0.1))),
        fingers=int(draw.choice(3, p=(0.65, 0.2, 0.15))),
        blur=float(draw.uniform(0.3, 1.6) * coarse),
        motion=float(draw.uniform(2, 5) * coarse if draw.random() < SHAKEN else 0.0),
        noise=float(draw.uniform(1, 6)),
        glare=float(draw.uniform(0.1, 0.4) if draw.random() < GLARING else 0.0),
        dim=float(draw.uniform(0.6, 1.05)),
        tint=float(draw.uniform(0, 0.08)),
        quality=int(draw.integers(45, 95)),
    )


def measured_person(seed: int) -> Person:
    """A made-up person with a card of any generation."""
    person = make_people(1, seed=seed)[0]
    year = int(np.random.default_rng([2028, seed]).choice(YEARS))
    person = reissued(person, year)
    printed = generation_of(person.issue_date).religion
    return person if printed else replace(person, religion="")


@dataclass(frozen=True)
class Trial:
    """What stood on a card, what was read with what confidence, and why a photo was refused."""

    conditions: Shot
    printed: dict[str, str]
    read: dict[str, tuple[str, float]]
    refused: tuple[str, ...]


class Taken(NamedTuple):
    """Both photos (JPEG) of one made-up person's card."""

    person: Person
    look: Look
    shot: Shot
    front: bytes
    back: bytes


def take_card(seed: int, *, photo: int | None = None, unseen: bool = False) -> Taken:
    """Photograph both sides of the card of one made-up person; `photo` is the seed of the
    conditions, where others than the first are wanted; `unseen` prints in typefaces that the
    reader was not trained on.
    """
    photo, person = seed if photo is None else photo, measured_person(seed)
    look = look_of(person, faces=unseen_faces(seed) if unseen else NEAREST)
    shot, faces = conditions(photo), portraits()
    names = faces.names(person.sex)
    front = card.render_front(person, faces.card_portrait(names[photo % len(names)]), look=look)
    back = card.render_back(person, look=look)
    return Taken(
        person,
        look,
        shot,
        camera.take(front, shot, seed=photo).jpeg,
        camera.take(back, shot, seed=photo + 1).jpeg,
    )


def try_card(seed: int, *, photo: int | None = None, unseen: bool = False) -> Trial:
    """Photograph a card as `take_card` does, and read it."""
    taken = take_card(seed, photo=photo, unseen=unseen)
    sides = read_front(decode(taken.front)), read_back(decode(taken.back))
    return Trial(
        taken.shot,
        {name: getattr(taken.person, name) for name in FIELDS},
        {
            name: (found.value, found.confidence)
            for side in sides
            for name, found in side.fields.items()
        },
        tuple(f"{at}: {code}" for at, side in zip(("front", "back"), sides, strict=True)
              for code in side.problems[:1]),
    )  # fmt: skip


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

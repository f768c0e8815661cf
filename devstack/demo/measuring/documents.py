"""Forged and honest cards handed in under the conditions of measuring.cards, and what is said.

Whoever drew the forgeries also chose what to look for: the figures tell that each sign works on
what it was made for, not how many true forgeries it finds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from devstack.demo.measuring.cards import conditions, measured_person
from devstack.demo.measuring.faces import portraits
from devstack.demo.specimens import camera, card
from devstack.demo.specimens.forgeries import BACKS, FRONTS, Owner
from devstack.demo.specimens.look import look_of
from devstack.demo.specimens.shot import Shot
from verification.cards import CardSide, read_back, read_front
from verification.images import decode
from verification.signs import KINDS, score, seen

HONEST_FRONT, HONEST_BACK = "honest front", "honest back"


@dataclass(frozen=True)
class Handed:
    """One photo: of what, why it was refused (a code, or empty), for what a card it was taken (the
    names of verification.signs.KINDS whose threshold it passed, or a contradiction), and by which
    signs and contradictions.
    """

    species: str
    refused: str
    suspected: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def taken(self) -> bool:
        """Whether nothing kept it from being taken for an honest card."""
        return not self.refused and not self.suspected


def honest_front(owner: Owner, shot: Shot) -> bytes:
    return camera.take(owner.front(), shot, seed=owner.seed).jpeg


def honest_back(owner: Owner, shot: Shot) -> bytes:
    made = card.render_back(owner.person, look=owner.look)
    return camera.take(made, shot, seed=owner.seed + 1).jpeg


MADE: dict[str, Callable[[Owner, Shot], bytes]] = {
    HONEST_FRONT: honest_front,
    HONEST_BACK: honest_back,
    **FRONTS,
    **BACKS,
}


def owner_of(seed: int) -> Owner:
    """Of the same card as measuring.cards.try_card has for a seed."""
    person = measured_person(seed)
    faces = portraits()
    names = faces.names(person.sex)
    one, other = (faces.card_portrait(names[(seed + away) % len(names)]) for away in (0, 1))
    return Owner(person, look_of(person), one, other, seed)


def hand_in(species: str, seed: int) -> Handed:
    """Make one photo of a species, read it as the portal does, and say what came of it."""
    photo = decode(MADE[species](owner_of(seed), conditions(seed)))
    side = (read_back if species in (HONEST_BACK, *BACKS) else read_front)(photo)
    return judged(species, side)


def judged(species: str, side: CardSide) -> Handed:
    limits = settings.MACHINE_THRESHOLDS
    suspected = [kind for kind in KINDS if score(side.signs, kind) > limits[f"card_is_{kind}"]]
    suspected += ["contradiction"] if side.contradictions else []
    signs = (*seen(side.signs), *side.contradictions)
    return Handed(species, next(iter(side.problems), ""), tuple(suspected), signs)

"""Somebody who means harm, over HTTP: own card, own face, and what is known of a victim."""

import time
from dataclasses import replace
from functools import partial
from itertools import count

from PIL import ImageDraw

from devstack.demo.client import CitizenApp, StepFailed
from devstack.demo.specimens import camera, card
from devstack.demo.specimens.people import Person
from tests.e2e.test_survival import OverHttp
from tests.portal import Portal
from tests.walks import burst, face, people, portraits, selfie

VICTIM, ATTACKER = 0, 1
TAKINGS = count(1)
# Parts of the front as fractions of the card: left, top, right, bottom.
BLOTS = {
    "two digits": (0.60, 0.085, 0.68, 0.19),
    "the Thai name": (0.28, 0.19, 0.80, 0.31),
    "the English name": (0.39, 0.30, 0.75, 0.45),
    "the birth date": (0.44, 0.44, 0.75, 0.59),
    "the address": (0.095, 0.65, 0.72, 0.81),
    "the lower half": (0.0, 0.65, 0.72, 1.0),
}
THE_CODE = (0.34, 0.60, 0.72, 1.0)  # both places it is printed at


class Stranger(CitizenApp):
    """Takes the steps over HTTP, and says where the portal has led to."""

    def __init__(self, portal: Portal, who: int = ATTACKER) -> None:
        super().__init__()
        self.who = who
        self.client = OverHttp(portal.url)

    def photographs(
        self, person: Person, *, blot: tuple | None = None, blot_back: tuple | None = None
    ) -> str:
        """Hand in photos of a card with this person's print and the own face, as often as asked."""
        for seed in (11, 47):
            front = card.render_front(person, portraits().card_portrait(face(self.who)))
            back = card.render_back(person)
            pictures = [
                camera.photograph(blotted(side, spot), seed=seed + place)
                for place, (side, spot) in enumerate(((front, blot), (back, blot_back)))
            ]
            self.photograph_card(*pictures)
            if self.wait()["step"] == "confirm":
                break
        return self.state["step"]

    def types(self, person: Person) -> str:
        """Confirm this data, with another photo of the card in hand if one is asked for."""
        try:
            return self.confirm(person)["step"]
        except StepFailed as refusal:
            return str(refusal)

    def shows_face(
        self, who: int | None = None, *, to: str = "selfie", taking: int | None = None
    ) -> str:
        """Hand in a selfie with head turns: a new one each time, unless `taking` says which."""
        who = self.who if who is None else who
        taking = next(TAKINGS) if taking is None else taking
        try:
            challenge, frames = self.turn_head(partial(burst, who, taking=taking))
        except StepFailed:  # drawn too often for this number: without, to an officer
            self.hand_in_selfie(selfie(who, taking=taking), to=to)
        else:
            self.hand_in_selfie(
                selfie(who, taking=taking),
                challenge=challenge,
                frames=frames,
                to=to,
            )
        time.sleep(0.3)
        return self.wait()["state"]


def blotted(side, spot: tuple | None):
    if spot is not None:
        wide, high = side.size
        box = [spot[0] * wide, spot[1] * high, spot[2] * wide, spot[3] * high]
        ImageDraw.Draw(side).rectangle(box, fill=(70, 60, 60, 255))
    return side


def same_names(person: Person, other: Person) -> Person:
    """Another person of the same name, with a card of their own."""
    told = "title_th first_name_th last_name_th title_en first_name_en last_name_en".split()
    return replace(person, **{name: getattr(other, name) for name in told})


def impostor(portal: Portal, card_says: Person, typed: Person, **blots: tuple) -> Stranger:
    """The whole way: a card, what is typed, the own selfie with its head turns."""
    stranger = Stranger(portal)
    stranger.start()
    if stranger.photographs(card_says, **blots) != "confirm":
        return stranger
    if stranger.types(typed) != "selfie" and stranger.photographs(card_says, **blots) == "confirm":
        stranger.types(typed)
    if stranger.state["step"] == "selfie":
        stranger.shows_face()
    return stranger


def victim() -> Person:
    return people()[VICTIM]


def own_card() -> Person:
    return people()[ATTACKER]

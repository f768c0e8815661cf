"""Whose cards are forged in tests."""

from devstack.demo.measuring.faces import portraits
from devstack.demo.specimens import people
from devstack.demo.specimens.forgeries import Owner
from devstack.demo.specimens.look import look_of


def owner_of_a_card(seed: int) -> Owner:
    """The same woman's card whatever the seed, which draws how it is forged and photographed."""
    person = people.make_people(1, seed=4)[0]
    faces = portraits()
    own, other = (faces.card_portrait(name) for name in faces.names("f")[:2])
    return Owner(person, look_of(person), own, other, seed=seed)

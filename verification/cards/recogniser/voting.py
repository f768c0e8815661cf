"""One text out of several readings of the same line, and how likely it is."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from verification.cards.recogniser.alphabets import LETTERS
from verification.cards.recogniser.recogniser import BLANK, Reading
from verification.images.arrays import Floats

SPACE = LETTERS.index(" ") + 1


class Vote(NamedTuple):
    """`beginnings` has for each letter, spaces aside, how likely the text is right up to it; the
    last is how likely the whole is. 0 to 1, as the network has it: among all letters, not only
    those that there can be.
    """

    text: str
    beginnings: tuple[float, ...] = ()

    @property
    def likely(self) -> float:
        return self.beginnings[-1] if self.beginnings else 0.0


def vote(readings: Sequence[Reading]) -> Vote:
    """Of the texts that were read the one that all readings together find likeliest. A letter that
    none of them took, though it may be there, makes it the less likely.
    """
    candidates = {one.bare: one for one in readings if one.bare}
    votes = [Vote(one.text, _beginnings(one, readings)) for one in candidates.values()]
    return max(votes, key=lambda one: one.likely, default=Vote(""))


def _beginnings(read: Reading, readings: Sequence[Reading]) -> tuple[float, ...]:
    classes = np.array([LETTERS.index(letter) + 1 for letter in read.bare])
    places = [place for letter, place in zip(read.text, read.places, strict=True) if letter != " "]
    ends = [*((np.array(places[1:]) + places[:-1]) / 2), 1.0]
    found = np.mean([_up_to(one.steps, classes, np.array(ends)) for one in readings], axis=0)
    # Where two letters touch, the next has begun before the one has ended; yet the text up to a
    # letter is never less likely than up to a later one.
    found = np.maximum.accumulate(found[::-1])[::-1]
    return tuple(float(one) for one in found)


def _up_to(steps: Floats, classes: Floats, ends: Floats) -> Floats:
    """How likely the first letters are all that was written up to each of the ends (shares of the
    line), over all ways to spread them over T x CLASSES steps (CTC's forward variables). A space
    is as good as no letter.
    """
    states = np.full(2 * len(classes) + 1, BLANK)
    states[1::2] = classes
    nothing = steps[:, BLANK] + steps[:, SPACE]
    chances = np.where(states == BLANK, nothing[:, None], steps[:, states]).astype(np.float64)
    skips = np.zeros(len(states) - 2)  # from a letter to the next, if that is another
    skips[1::2] = classes[1:] != classes[:-1]
    forward = np.zeros((len(steps), len(states)))
    forward[0, :2] = chances[0, :2]
    for step in range(1, len(steps)):
        before, now = forward[step - 1], forward[step]
        now += before
        now[1:] += before[:-1]
        now[2:] += skips * before[:-2]
        now *= chances[step]
    at = np.clip(np.round(ends * len(steps)).astype(int) - 1, 0, len(steps) - 1)
    letters = 2 * np.arange(len(classes)) + 1
    likely: Floats = forward[at, letters] + forward[at, letters + 1]
    return likely

"""One text out of several readings of the same line."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from verification.cards.recogniser.recogniser import Reading


def vote(readings: Sequence[Reading]) -> Reading:
    """The text with the most confidence behind it, spaces aside. A letter is as sure as all
    readings together are of it: one that reads another letter there counts nothing.
    """
    support: dict[str, float] = {}
    for one in readings:
        support[one.bare] = support.get(one.bare, 0.0) + _likelihood(one)
    if not support:
        return Reading("", ())
    winner = max(support, key=lambda text: support[text])
    chosen = max((one for one in readings if one.bare == winner), key=_likelihood)
    sums = [0.0] * len(chosen.text)
    for one in readings:
        matcher = SequenceMatcher(None, chosen.text, one.text, autojunk=False)
        for start, other, length in matcher.get_matching_blocks():
            for step in range(length):
                sums[start + step] += one.letters[other + step]
    return Reading(chosen.text, tuple(total / len(readings) for total in sums), chosen.places)


def _likelihood(reading: Reading) -> float:
    """How sure the reading is of its letters, as the mean; a little for one that is empty."""
    sure = [one for letter, one in zip(reading.text, reading.letters, strict=True) if letter != " "]
    return (sum(sure) / len(sure)) ** 2 if sure else 0.1

"""Looks for signs that a photo shows no card as it was issued (verification.signs).

The bounds stand between honest specimens and forged ones that were
drawn for this purpose (docs/calibration.md says on which seeds); true forgeries were not at hand.
"""

import numpy as np

from verification.cards.forensics.around import (
    dark_rim,
    edges_of,
    right_end,
    square_corners,
    surroundings,
)
from verification.cards.forensics.digits import unlikeness
from verification.cards.forensics.dots import printed_dots
from verification.cards.forensics.surface import chip_contrast, portrait_rim, red_letters
from verification.cards.originality import copy_score
from verification.cards.readers import ValueLine
from verification.cards.registration import Registered, corners_of
from verification.images.arrays import Picture
from verification.screens import screen_score
from verification.signs import Signs

FINE_ENOUGH = 450  # pixels of a card's width: digits have a shape
# From where to where a measure makes its sign's score rise from 0 to 1.
RISES = {
    "dark_rim": (0.25, 1.0),
    "print_dots": (0.4, 1.2),
    "square_corners": (0.5, 0.86),
    "no_chip": (0.056, 0.012),
    "marked": (0.35, 0.75),
    "portrait_rim": (0.45, 0.75),
    "unlike_digits": (0.045, 0.105),
}


def front_signs(photo: Picture, card: Registered, number: ValueLine, digits: str) -> Signs:
    """All signs on a front: `photo` is H x W x 3 uint8 RGB, `number` the line with the number on
    the straight card and `digits` what was read there.
    """
    around = surroundings(photo, card.view)
    edges = edges_of(around)
    shapely = card.width >= FINE_ENOUGH
    measured = {
        "dark_rim": dark_rim(around),
        "print_dots": printed_dots(photo, card.view),
        "square_corners": square_corners(around, edges),
        "no_chip": chip_contrast(card.card),
        "marked": red_letters(card.card),
        "portrait_rim": portrait_rim(card.card, right_end(edges)),
        "unlike_digits": unlikeness(card.card, number.line, digits) if shapely else 0.0,
    }
    return {
        "grid": screen_score(photo, corners_of(card.view).mean(axis=0)),
        "colourless": copy_score(card.card),
        **{name: float(np.interp(value, *_rise(*RISES[name]))) for name, value in measured.items()},
    }


def _rise(none: float, all_of_it: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a score rises, as np.interp takes it: the lower measure first."""
    falling = none > all_of_it
    return ((all_of_it, none), (1.0, 0.0)) if falling else ((none, all_of_it), (0.0, 1.0))

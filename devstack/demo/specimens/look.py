"""How one card came out of the printer: its generation, typefaces, where the print sits, its foil.

All of it is drawn from a seed; without one, from the number on the card.
"""

from dataclasses import dataclass

import numpy as np

from devstack.demo.specimens.generations import Generation, generation_of
from devstack.demo.specimens.lettering import BOLDER, NEAREST, families
from devstack.demo.specimens.paper import VARIANTS
from devstack.demo.specimens.people import Person
from devstack.demo.specimens.real import RealBack, RealGround

PRINT_SHIFT = (0.010, 0.020)  # how far all print together strays from its place, across and down
LINE_SHIFT = (0.002, 0.003)  # how far a line strays from the others
UNSEEN_THAI, UNSEEN_LATIN = ("krub", "maitree"), ("bitter",)
BOLD = (0.005, 0.04)
SOFT = (0.25, 0.9)
SHOWS = 0.25  # how often the foil flashes


@dataclass(frozen=True)
class Look:
    """`shift` and a line's own are fractions of the card's sides; `faces` are a Thai family and a
    Latin one and `bolder` how much the Latin one's strokes grow (lettering.py); `foil`
    is from 0 to 1; `gap` the spaces before a last name; `soft` the sigma of the ink, in pixels of a
    card 1200 wide; `ground` and `back` a true card's, where their pictures are at hand.
    """

    generation: Generation
    seed: int
    shift: tuple[float, float] = (0.0, 0.0)
    faces: tuple[str, str] = NEAREST
    foil: float = 0.2
    gap: int = 1
    soft: float = 0.5
    bolder: float = BOLDER
    ground: RealGround | None = None
    back: RealBack | None = None

    @property
    def variant(self) -> int:
        return self.seed % VARIANTS

    def stray(self, name: str) -> tuple[float, float]:
        """How far the line `name` is from its place on this card."""
        own = np.random.default_rng([self.seed, *name.encode()]).uniform(-1, 1, 2) * LINE_SHIFT
        return self.shift[0] + own[0], self.shift[1] + own[1]


def look_of(
    person: Person,
    *,
    seed: int | None = None,
    faces: tuple[str, str] = NEAREST,
    ground: RealGround | None = None,
    back: RealBack | None = None,
) -> Look:
    """The look of this person's card, of the generation of its day of issue."""
    seed = int(person.number[1:12]) if seed is None else seed
    chance = np.random.default_rng([54, seed])
    shift = chance.normal(0, 0.5, 2).clip(-1, 1) * PRINT_SHIFT
    flashes = chance.random() < SHOWS
    return Look(
        generation_of(person.issue_date),
        seed,
        shift=(float(shift[0]), float(shift[1])),
        faces=faces,
        foil=float(chance.uniform(0.35, 0.8) if flashes else chance.uniform(0.0, 0.3)),
        gap=int(chance.integers(1, 3)),
        soft=ground.blur if ground else float(chance.uniform(*SOFT)),
        bolder=float(chance.uniform(*BOLD)),
        ground=ground,
        back=back,
    )


def any_faces(seed: int) -> tuple[str, str]:
    """A Thai family and a Latin one out of all that there are: its own Latin, or a slab serif."""
    chance = np.random.default_rng([55, seed])
    thai = str(chance.choice(families("thai")))
    if thai in families("latin") and chance.random() < 0.5:  # noqa: PLR2004 - as often as not
        return thai, thai
    return thai, str(chance.choice(families("latin")))


def unseen_faces(seed: int) -> tuple[str, str]:
    """Of the typefaces that the reader's training leaves out (training/fonts.py)."""
    chance = np.random.default_rng([56, seed])
    return str(chance.choice(UNSEEN_THAI)), str(chance.choice((*UNSEEN_THAI, *UNSEEN_LATIN)))

"""A card's two photos turned into what an enrollment keeps: fields, a problem, two cut-out
pictures.
"""

from collections.abc import Callable
from dataclasses import dataclass

from verification.cards import read_back, read_front
from verification.images import decode, encode
from verification.images.arrays import Picture
from verification.reading import Reading


@dataclass(frozen=True)
class CardReading:
    """`reading` is what stands on the card, None where nothing could be read.

    `problem` is the code of what makes the card unreadable (verification.cards.problems), prefixed
    by the side it concerns, or empty. The pictures are JPEG bytes.
    """

    reading: Reading | None
    problem: str
    portrait: bytes | None
    straight: bytes | None


UNREADABLE = CardReading(reading=None, problem="front:blurred", portrait=None, straight=None)


def read_card(front: bytes, back: bytes, *, report: Callable[[str], None]) -> CardReading:
    """Read both sides. `report` is told the stage: `front`, then `back`."""
    report("front")
    face = read_front(decode(front))
    report("back")
    reverse = read_back(decode(back))
    scores = {
        "screen": face.screen_score,
        "copy": face.copy_score,
        "altered": face.altered_score,
        "sharpness": face.sharpness,
        **face.signs,
    }
    return CardReading(
        reading=Reading({**face.fields, **reverse.fields}, scores, face.contradictions),
        problem=_first_problem(front=face.problems, back=reverse.problems),
        portrait=_jpeg(face.portrait),
        straight=_jpeg(face.straight),
    )


def _first_problem(**sides: tuple[str, ...]) -> str:
    return next((f"{side}:{problem}" for side, found in sides.items() for problem in found), "")


def _jpeg(picture: Picture | None) -> bytes | None:
    return None if picture is None else encode(picture)

"""A card's two photos turned into what an enrollment keeps: fields, a problem, two cut-out
pictures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from verification.cards import read_back, read_front
from verification.images import decode, encode


@dataclass(frozen=True)
class CardReading:
    """`fields` is JSON: name -> {value, confidence}, and the scores under `scores`.

    `problem` is the code of what makes the card unreadable (verification.cards.problems), prefixed
    by the side it concerns, or empty. The pictures are JPEG bytes.
    """

    fields: dict
    problem: str
    portrait: bytes | None
    straight: bytes | None


UNREADABLE = CardReading(fields={}, problem="front:blurred", portrait=None, straight=None)


def read_card(front: bytes, back: bytes, *, report: Callable[[str], None]) -> CardReading:
    """Read both sides. `report` is told the stage: `front`, then `back`."""
    report("front")
    face = read_front(decode(front))
    report("back")
    reverse = read_back(decode(back))
    fields = {
        name: {"value": field.value, "confidence": round(field.confidence, 3)}
        for name, field in {**face.fields, **reverse.fields}.items()
    }
    scores = {
        "screen": face.screen_score,
        "copy": face.copy_score,
        "sharpness": face.sharpness,
    }
    return CardReading(
        fields={
            "fields": fields,
            "scores": {name: round(score, 3) for name, score in scores.items()},
        },
        problem=_first_problem(front=face.problems, back=reverse.problems),
        portrait=_jpeg(face.portrait),
        straight=_jpeg(face.straight),
    )


def _first_problem(**sides: tuple[str, ...]) -> str:
    return next((f"{side}:{problem}" for side, found in sides.items() for problem in found), "")


def _jpeg(picture: np.ndarray | None) -> bytes | None:
    return None if picture is None else encode(picture)

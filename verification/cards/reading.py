"""Reads one side of the card from a photo."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from django.conf import settings

from verification.cards import fields, kinds
from verification.cards.back import Code, find_code
from verification.cards.contradictions import contradictions
from verification.cards.fields import Field
from verification.cards.forensics import front_signs
from verification.cards.front import fields_of, read_lines
from verification.cards.layout import HEAD, HEIGHT, PORTRAIT, WIDTH
from verification.cards.originality import WRITING, glare, sharpness
from verification.cards.readers import ValueLine
from verification.cards.recogniser import Line
from verification.cards.registration import Registered, register, value_lines
from verification.cards.registration.fitting import moved
from verification.cards.registration.guesses import outlined
from verification.cards.registration.register import straighten
from verification.faces.detection import Face, find_faces
from verification.images.arrays import Floats, Picture
from verification.signs import Signs, score

SMALLEST_CARD = 340  # pixels wide; letters of fewer are guessed
MOST_GLARE = 0.06
OUTSIDE = 0.006  # of the card's width: what a line may miss at the photo's border
# What has to be read, and off which lines; the others can be typed.
NEEDED = {
    "number": ("number",),
    "first_name_th": ("name_th",),
    "first_name_en": ("name_en", "last_name_en"),
    "birth_date": ("birth_th", "birth_en"),
    "address": ("address_1", "address_2"),
    "issue_date": ("issue_th", "issue_en"),
    "expiry_date": ("expiry_th", "expiry_en"),
}


@dataclass(frozen=True)
class CardSide:
    """What one photo gave.

    `fields` by name, none where there are `problems`: codes of what makes the photo useless, first
    the most useful; `contradictions` are codes of what the card says that cannot be; `signs` of a
    forged front and `sharpness` from 0 to 1; `straight` the card laid straight (HEIGHT x WIDTH x 3
    uint8 RGB), `portrait` cut out of it, or None.
    """

    fields: dict[str, Field] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    signs: Signs = field(default_factory=dict)
    sharpness: float = 0.0
    straight: Picture | None = None
    portrait: Picture | None = None

    @property
    def screen_score(self) -> float:
        return score(self.signs, "screen")

    @property
    def copy_score(self) -> float:
        return score(self.signs, "copy")

    @property
    def altered_score(self) -> float:
        return score(self.signs, "altered")


def read_front(photo: Picture) -> CardSide:
    """Read the front from an H x W x 3 uint8 RGB photo, the card lying any way up."""
    faces = find_faces(photo)
    found = register(photo, faces)
    other = kinds.named(found.read if isinstance(found, Registered) else found)
    if not isinstance(found, Registered):
        unknown = other in ("front_shown", "not_a_thai_id_card")
        return CardSide(problems=(_why_unknown(photo, faces) if unknown else other,))
    if other in kinds.OTHERS:
        return CardSide(problems=(other,))
    lines = value_lines(found)
    text = read_lines(found, lines)
    read = fields_of(text, found)
    problems = tuple(_problems(photo, found, lines, read))
    left, top, right, bottom = PORTRAIT
    rows = slice(int(top * HEIGHT), int(bottom * HEIGHT))
    return CardSide(
        fields={} if problems else read,
        problems=problems,
        contradictions=() if problems else contradictions(text),
        signs=front_signs(photo, found, lines["number"], read["number"].value),
        sharpness=sharpness(found.card, WRITING),
        straight=found.card,
        portrait=found.card[rows, int(left * WIDTH) : int(right * WIDTH)],
    )


def read_back(photo: Picture) -> CardSide:
    """Read the laser code off the back; it also says which way up the card lies."""
    found = find_code(photo)
    if not isinstance(found, Code):
        code = kinds.named(found)
        return CardSide(problems=("code_unsure" if code == "back_shown" else code,))
    zone = _zone(found.line)
    return CardSide(
        fields={"laser_code": found.field},
        sharpness=sharpness(found.card, zone),
        straight=found.card,
    )


def _why_unknown(photo: Picture, faces: list[Face]) -> str:
    """Whether an outline with a face where the portrait is may be a card that nothing is read of,
    for blur."""
    for guess in outlined(photo, faces):
        card = straighten(photo, np.diag([WIDTH, WIDTH, 1.0]) @ guess)
        if _is_blurred(card):
            return "blurred"
    return "not_a_thai_id_card"


def _is_blurred(card: Picture) -> bool:
    least: float = settings.MACHINE_THRESHOLDS["card_sharpness"]
    return sharpness(card, WRITING) < least


def _problems(
    photo: Picture, found: Registered, lines: dict[str, ValueLine], read: dict[str, Field]
) -> Iterator[str]:
    """Why what is needed could not be read; a photo off which it was read has no problem."""
    unread = [name for name in NEEDED if read[name].confidence <= fields.DOUBTFUL]
    if _outside(photo, found, _head_corners()):
        yield "cut_off"
        return
    if not unread:
        return
    missing = [lines[line].line for name in unread for line in NEEDED[name]]
    if any(_outside(photo, found, _corners(line)) for line in missing):
        yield "cut_off"
    if found.width < SMALLEST_CARD:
        yield "too_small"
    if _is_blurred(found.card):
        yield "blurred"
    if max(glare(found.card, _zone(line)) for line in missing) > MOST_GLARE:
        yield "glare_over_field"


def _outside(photo: Picture, found: Registered, corners: Floats) -> bool:
    """Whether a part of the card lies outside the photo."""
    x, y = moved(corners, np.linalg.inv(found.view)).T
    margin, (high, wide) = OUTSIDE * found.width, photo.shape[:2]
    inside = (x > -margin) & (y > -margin) & (x < wide + margin) & (y < high + margin)
    return not bool(inside.all())


def _head_corners() -> Floats:
    left, top, right, bottom = np.array(HEAD) * [WIDTH, HEIGHT, WIDTH, HEIGHT]
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _corners(line: Line) -> Floats:
    top = line.baseline - line.letter
    middle = (line.left + line.right) / 2  # few values are as long as their line
    return np.array([[line.left, top], [middle, top], [line.left, line.baseline]])


def _zone(line: Line) -> tuple[slice, slice]:
    top = max(0, round(line.baseline - line.letter))
    left = max(0, round(line.left))
    return slice(top, round(line.baseline)), slice(left, max(left + 1, round(line.right)))

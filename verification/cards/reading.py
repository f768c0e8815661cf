"""Reads one side of the card from a photo."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from django.conf import settings

from verification.cards import fields, ocr
from verification.cards.address import NEARLY, address_field
from verification.cards.fields import Field
from verification.cards.ink import LINE_HEIGHT, Ink, cut_line
from verification.cards.languages import cross_checked
from verification.cards.layout import FRONT, HEIGHT, LASER_CODE, PORTRAIT, WIDTH, Line
from verification.cards.locate import Outline, find_outlines, straighten
from verification.cards.ocr import Text
from verification.cards.originality import WRITING, copy_score, glare, sharpness
from verification.cards.spelling import tidy
from verification.cards.voting import LARGER, read_carefully
from verification.faces.detection import find_faces
from verification.images.arrays import Picture
from verification.screens import screen_score

SMALLEST_CARD = 420  # pixels wide; the number could not be read from fewer
FINE_PRINT = 620  # pixels wide; below it letters are lost that nothing but the eye can check
WITHOUT_CHECK = ("first_name_th", "last_name_th", "first_name_en", "last_name_en", "address")
MOST_GLARE = 0.06
SMALLER = 48  # pixels of the laser code at its second reading
FEWEST_DIGITS = 9  # of the ten in a laser code; with fewer the photo shows something else
FEWEST_BLUE_LETTERS = 40  # on a part of a card; what runs out of the photo is often no card
TELLING = ("number", "laser_code")
IN_WORDS = ("name_th", "name_en", "last_name_en")
CODE_ZONE = (
    slice(int(0.74 * HEIGHT), int(0.92 * HEIGHT)),
    slice(int(0.45 * WIDTH), int(0.98 * WIDTH)),
)


@dataclass(frozen=True)
class CardSide:
    """What one photo gave.

    `fields` by name; `problems` the codes of what makes the photo useless, first the most useful;
    scores 0 to 1; `straight` the card laid straight (HEIGHT x WIDTH x 3 uint8 RGB), `portrait` cut
    out of it, or None.
    """

    fields: dict[str, Field] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    screen_score: float = 0.0
    copy_score: float = 0.0
    sharpness: float = 0.0
    straight: Picture | None = None
    portrait: Picture | None = None

    @property
    def surely_read(self) -> bool:
        """Whether what tells a card from other things was read without a doubt."""
        telling = [self.fields[name] for name in TELLING if name in self.fields]
        return not self.problems and any(one.confidence > fields.DOUBTFUL for one in telling)


NO_CARD = CardSide(problems=("not_a_thai_id_card",))


def read_front(photo: Picture) -> CardSide:
    """Read the front from an H x W x 3 uint8 RGB photo, the card lying any way up."""
    return _best(_front_within(photo, outline) for outline in find_outlines(photo))


def read_back(photo: Picture) -> CardSide:
    """Read the laser code off the back; it also says which way up the card lies."""
    return _best(_back_within(photo, outline) for outline in find_outlines(photo))


def _best(sides: Iterable[CardSide]) -> CardSide:
    """The first that was surely read; else one that was read, else what the first one lacks."""
    tried = []
    for side in sides:
        if side.surely_read:
            return side
        tried.append(side)
    return next((side for side in tried if not side.problems), tried[0] if tried else NO_CARD)


def _front_within(photo: Picture, outline: Outline) -> CardSide:
    card = _upright_front(photo, outline)
    side = _judged(photo, outline, card, zone=WRITING)
    if side.problems:
        return side
    read = _front_fields(card)
    if outline.width < FINE_PRINT:
        read |= {name: _less_sure(read[name]) for name in WITHOUT_CHECK}
    if not _is_thai_card(read):
        return replace(side, fields=read, problems=("not_a_thai_id_card",))
    left, top, right, bottom = PORTRAIT
    rows = slice(int(top * HEIGHT), int(bottom * HEIGHT))
    portrait = card[rows, int(left * WIDTH) : int(right * WIDTH)]
    return replace(side, fields=read, portrait=portrait)


def _back_within(photo: Picture, outline: Outline) -> CardSide:
    code, card = _upright_back(photo, outline)
    side = _judged(photo, outline, card, zone=CODE_ZONE)
    if side.problems:
        return side
    if sum(letter.isdigit() for letter in code.value) < FEWEST_DIGITS:
        return replace(side, problems=("not_a_thai_id_card",))
    return replace(side, fields={"laser_code": code})


def _upright_back(photo: Picture, outline: Outline) -> tuple[Field, Picture]:
    """The laser code, and the card in the way up in which there is one."""
    sides = []
    for upside_down in (False, True):
        card = straighten(photo, outline, upside_down=upside_down)
        sides.append((_laser_code(Ink(card, rows=CODE_ZONE[0])), card))
        if fields.LASER.fullmatch(sides[-1][0].value):
            return sides[-1]
    return max(sides, key=lambda side: sum(letter.isdigit() for letter in side[0].value))


def _laser_code(ink: Ink) -> Field:
    lines = [cut_line(ink.black, LASER_CODE, high=high) for high in (LINE_HEIGHT, SMALLER)]
    return fields.laser_field(*(ocr.read_line(line, LASER_CODE.language) for line in lines))


def _upright_front(photo: Picture, outline: Outline) -> Picture:
    """The way up in which there is a face in the lower right part."""
    upright = straighten(photo, outline)
    if _has_portrait(upright):
        return upright
    turned = np.ascontiguousarray(upright[::-1, ::-1])
    return turned if _has_portrait(turned) else upright


def _has_portrait(card: Picture) -> bool:
    quarter = card[int(0.42 * HEIGHT) : int(0.95 * HEIGHT), int(0.66 * WIDTH) :]
    return bool(find_faces(np.ascontiguousarray(quarter)))


def _judged(
    photo: Picture, outline: Outline, card: Picture, *, zone: tuple[slice, slice]
) -> CardSide:
    if outline.cut_off and Ink(card).blue_letters() < FEWEST_BLUE_LETTERS:
        return NO_CARD
    sharp = sharpness(card, zone)
    found = {
        "cut_off": outline.cut_off,
        "too_small": outline.width < SMALLEST_CARD,
        "blurred": sharp < settings.MACHINE_THRESHOLDS["card_sharpness"],
        "glare_over_field": glare(card, zone) > MOST_GLARE,
    }
    return CardSide(
        problems=tuple(code for code, wrong in found.items() if wrong),
        screen_score=screen_score(photo, outline.corners.mean(axis=0)),
        copy_score=copy_score(card),
        sharpness=sharp,
        straight=card,
    )


def _front_fields(card: Picture) -> dict[str, Field]:
    ink = Ink(card)
    text = {name: read_carefully(ink.black, FRONT[name]) for name in IN_WORDS}
    names = {
        **fields.thai_name(text["name_th"]),
        **fields.english_name(text["name_en"], text["last_name_en"]),
    }
    return {
        "number": _validated(ink, FRONT["number"], fields.number_field),
        **cross_checked(names),
        "birth_date": _date(ink, "birth"),
        "religion": fields.religion_field(_read(ink, "religion")),
        "address": _address(ink),
        "issue_date": _date(ink, "issue"),
        "expiry_date": _date(ink, "expiry"),
    }


def _less_sure(field: Field) -> Field:
    return Field(field.value, min(fields.UNSURE, field.confidence))


def _validated(ink: Ink, line: Line, as_field: Callable[[Text], Field]) -> Field:
    """A value that can be checked is read off the black alone, and if it fails off all writing."""
    first = as_field(ocr.read_line(cut_line(ink.black, line), line.language))
    if first.confidence > fields.DOUBTFUL:
        return first
    second = as_field(ocr.read_line(cut_line(ink.all, line), line.language))
    return max(first, second, key=lambda one: one.confidence)


def _address(ink: Ink) -> Field:
    """House and street have nothing that vouches for them; the places, if they belong to each
    other, need no second look.
    """
    first = read_carefully(ink.black, FRONT["address_1"])
    field = address_field(first, _read(ink, "address_2"))
    if field.confidence > NEARLY:
        return field
    return address_field(first, read_carefully(ink.black, FRONT["address_2"]))


def _date(ink: Ink, name: str) -> Field:
    """Read from both lines, and if they disagree read both again, larger."""
    thai, english = [_read(ink, f"{name}_th")], [_read(ink, f"{name}_en")]
    first = fields.date_field(thai, english)
    if first.confidence > fields.DOUBTFUL:
        return first
    thai.append(_read(ink, f"{name}_th", high=LARGER))
    english.append(_read(ink, f"{name}_en", high=LARGER))
    return fields.date_field(thai, english)


def _read(ink: Ink, name: str, *, high: int = LINE_HEIGHT) -> Text:
    line = FRONT[name]
    text = ocr.read_line(cut_line(ink.black, line, high=high), line.language)
    return Text(tidy(text.text), text.confidence)


def _is_thai_card(read: dict[str, Field]) -> bool:
    """A sharp photo of a Thai card gives a number, or names and a birth date."""
    return read["number"].confidence > fields.DOUBTFUL or bool(
        read["title_th"].value and read["birth_date"].value
    )

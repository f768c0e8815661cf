"""Finds the laser code on the back by its form: wherever it stands, whichever way up."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np

from verification.cards import fields
from verification.cards.fields import Field
from verification.cards.layout import WIDTH
from verification.cards.locate import find_outlines
from verification.cards.readers import ValueLine, read_value
from verification.cards.recogniser import Line, letters_of, line_crops, read_many
from verification.cards.registration.guesses import two_ways, whole
from verification.cards.registration.labels import ReadRow, read_rows
from verification.cards.registration.register import straighten
from verification.cards.registration.rows import Row, find_rows, grey_of
from verification.images.arrays import Floats, Picture

LOOKED_AT = 4  # ways to lay a photo in which its name is looked for
LONG = (5, 16)  # times as long as high: fourteen letters, more or less of them found
BESIDE = 0.6  # of a letter's height: ground at a line's ends
FEWEST_DIGITS = 8  # of ten, at a glimpse
TWO_READERS = 0.7  # a code that is less sure is looked for elsewhere as well


class Code(NamedTuple):
    """The laser code, on a `card` (HEIGHT x WIDTH x 3 uint8 RGB) that `view` maps the photo to."""

    field: Field
    view: Floats
    card: Picture
    line: Line


def find_code(photo: Picture) -> Code | list[ReadRow]:
    """The code in an H x W x 3 uint8 RGB photo; where there is none, what was read at all."""
    found: list[Code] = []
    for view in _views(photo):
        card = straighten(photo, view)
        rows = find_rows(grey_of(card), WIDTH)
        found += _codes(card, view, rows)
        if found and max(one.field.confidence for one in found) >= TWO_READERS:
            break
    if found:
        return max(found, key=lambda one: one.field.confidence)
    return [one for view in islice(_views(photo), LOOKED_AT) for one in _read(photo, view)]


def _read(photo: Picture, view: Floats) -> list[ReadRow]:
    grey = grey_of(straighten(photo, view))
    return read_rows(grey, find_rows(grey, WIDTH))


def _views(photo: Picture) -> Iterator[Floats]:
    """Maps of the photo to a card: the photo as it lies, outlines, the photo turned."""
    to_pixels = np.diag([WIDTH, WIDTH, 1.0])
    as_it_lies, *turned = whole(photo)
    yield to_pixels @ as_it_lies
    for outline in find_outlines(photo):
        for guess in two_ways(outline.corners):
            yield to_pixels @ guess
    for guess in turned:
        yield to_pixels @ guess


def _codes(card: Picture, view: Floats, rows: list[Row]) -> Iterator[Code]:
    lines = [_line(row) for row in rows if _long(row)]
    strips = [line_crops(card, line, ways=1)[0] for line in lines]
    for line, glimpse in zip(lines, read_many(strips, letters=letters_of("laser")), strict=True):
        if sum(letter.isdigit() for letter in glimpse.text) < FEWEST_DIGITS:
            continue
        field = fields.laser_field(read_value(card, ValueLine(line, "laser")))
        if fields.LASER.fullmatch(field.value):
            yield Code(field, view, card, line)


def _long(row: Row) -> bool:
    return LONG[0] < (row.right - row.left) / row.letter < LONG[1]


def _line(row: Row) -> Line:
    beside = BESIDE * row.letter
    return Line(row.left - beside, row.right + beside, row.baseline, row.letter, "latin")

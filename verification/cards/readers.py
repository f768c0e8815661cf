"""What stands on a line: our own recogniser says it, and Tesseract too where it is in doubt."""

from typing import NamedTuple

import cv2
import numpy as np

from verification.cards import ocr
from verification.cards.confidence import likelihood
from verification.cards.ocr import Text
from verification.cards.recogniser import Line, Vote, letters_of, line_crops, read_many, vote
from verification.cards.spelling import tidy
from verification.images.arrays import Grey, Picture

AT_ONCE = 0.98  # a line that is likelier is read but once, where another checks it
CHECKED = ("number", "request", "thai_date", "english_date")
CLEAR = 0.9  # a line that is likelier needs no second reader
LANGUAGES = {"number": "digits", "request": "laser", "laser": "laser", "english": "eng",
             "english_date": "eng"}  # fmt: skip
THAI = ("thai", "address", "religion")
WRITING = (0.2, 0.85)  # of the ground's light: wholly ink below the one, paper above the other
TALL, FRAME = 64, 10  # pixels: the height that Tesseract reads best, and ground around


class ValueLine(NamedTuple):
    """Where a value stands, and the name of the letters it can hold (recogniser.letters_of)."""

    line: Line
    letters: str


class Heard(NamedTuple):
    """What our recogniser reads, and whether Tesseract reads the same, if it was asked."""

    own: Vote
    agreed: bool | None = None


NOTHING = Heard(Vote(""))


def read_value(card: Picture, value: ValueLine) -> Text:
    """Read one line of a straight card, H x W x 3 uint8 RGB, and how likely that is right."""
    return believed(hear(card, value))


def hear(card: Picture, value: ValueLine) -> Heard:
    crops, letters = line_crops(card, value.line), letters_of(value.letters)
    readings = read_many(crops[:1], letters=letters)
    own = vote(readings)
    if own.likely < AT_ONCE or value.letters not in CHECKED:
        own = vote(readings + read_many(crops[1:], letters=letters))
    if value.letters in THAI:
        own = own._replace(text=tidy(own.text))
    if own.likely >= CLEAR or not own.text:
        return Heard(own)
    other = ocr.read_line(for_tesseract(crops[0]), LANGUAGES.get(value.letters, "tha"))
    return Heard(own, _bare(tidy(other.text)) == _bare(own.text))


def believed(heard: Heard) -> Text:
    """The text with how likely it is right. Where two readers agree, all of it is equally sure."""
    text, beginnings = heard.own
    if heard.agreed:
        return Text(text, likelihood(heard.own.likely, agreed=True))
    untouched = len(beginnings) == len(_bare(text))
    letters = tuple(likelihood(one, agreed=False) for one in beginnings) if untouched else ()
    return Text(text, likelihood(heard.own.likely, agreed=False), letters)


def for_tesseract(line: Grey) -> Grey:
    """A strip of a card as Tesseract likes it: high, its ground even."""
    scale = TALL / line.shape[0]
    grown = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    ground = cv2.blur(cv2.dilate(grown, np.ones((25, 25), np.uint8)), (31, 31))
    share = grown / np.maximum(ground, 1).astype(np.float32)
    ink = np.clip((share - WRITING[0]) / (WRITING[1] - WRITING[0]), 0, 1) * 255
    framed = cv2.copyMakeBorder(
        ink.astype(np.uint8), FRAME, FRAME, FRAME, FRAME, cv2.BORDER_REPLICATE
    )
    return np.asarray(framed, np.uint8)


def _bare(text: str) -> str:
    return text.replace(" ", "")

"""What stands on a line: our own recogniser says it, and Tesseract too where it is in doubt."""

from typing import NamedTuple

import cv2
import numpy as np

from verification.cards import ocr
from verification.cards.confidence import likelihood
from verification.cards.ocr import Text
from verification.cards.recogniser import Line, letters_of, line_crops, read_many, vote
from verification.cards.spelling import tidy
from verification.images.arrays import Grey, Picture

AT_ONCE = 0.98  # a line whose weakest letter is surer is read but once, where another checks it
CHECKED = ("number", "request", "thai_date", "english_date")
CLEAR = 0.9  # a line whose weakest letter is surer needs no second reader
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
    """What our recogniser read, how sure it is of its weakest letter and of each (none where that
    is not told), and whether Tesseract reads the same: None where it was not asked.
    """

    text: str
    weakest: float
    letters: tuple[float, ...] = ()
    agreed: bool | None = None


def read_value(card: Picture, value: ValueLine) -> Text:
    """Read one line of a straight card, H x W x 3 uint8 RGB, and how likely that is right."""
    return believed(hear(card, value))


def hear(card: Picture, value: ValueLine) -> Heard:
    crops, letters = line_crops(card, value.line), letters_of(value.letters)
    readings = read_many(crops[:1], letters=letters)
    if readings[0].weakest < AT_ONCE or value.letters not in CHECKED:
        readings += read_many(crops[1:], letters=letters)
    own = vote(readings)
    text = tidy(own.text) if value.letters in THAI else own.text
    sure = [one for letter, one in zip(own.text, own.letters, strict=True) if letter != " "]
    heard = Heard(text, own.weakest, tuple(sure) if len(sure) == len(_bare(text)) else ())
    if own.weakest >= CLEAR or not text:
        return heard
    other = ocr.read_line(for_tesseract(crops[0]), LANGUAGES.get(value.letters, "tha"))
    return heard._replace(agreed=_bare(tidy(other.text)) == _bare(text))


def believed(heard: Heard) -> Text:
    """The text with how likely it is right. Letters that two readers agree on are equally sure."""
    if heard.agreed:
        return Text(heard.text, likelihood(heard.weakest, agreed=True))
    letters = tuple(likelihood(one, agreed=False) for one in heard.letters)
    return Text(heard.text, likelihood(heard.weakest, agreed=False), letters)


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

"""Where things are on the Thai national ID card, as fractions of width and height (ISO ID-1)."""

from typing import NamedTuple

ASPECT = 85.60 / 53.98
WIDTH = 1200
HEIGHT = round(WIDTH / ASPECT)
PORTRAIT = (0.71, 0.455, 0.97, 0.915)


class Line(NamedTuple):
    """A line of writing: from `left` to `right`, standing on `baseline`, in letters `size` high.

    `language` says what it is read with (verification.cards.ocr).
    """

    left: float
    right: float
    baseline: float
    size: float
    language: str


FRONT = {
    "number": Line(0.44, 0.88, 0.165, 0.056, "digits"),
    "name_th": Line(0.29, 0.98, 0.25, 0.058, "tha"),
    "name_en": Line(0.355, 0.80, 0.32, 0.048, "eng"),
    "last_name_en": Line(0.40, 0.80, 0.385, 0.048, "eng"),
    "birth_th": Line(0.44, 0.72, 0.455, 0.048, "tha"),
    "birth_en": Line(0.49, 0.72, 0.515, 0.046, "eng"),
    "religion": Line(0.445, 0.60, 0.58, 0.046, "tha"),
    "address_1": Line(0.135, 0.70, 0.65, 0.044, "tha"),
    "address_2": Line(0.07, 0.70, 0.72, 0.044, "tha"),
    "issue_th": Line(0.08, 0.32, 0.79, 0.040, "tha"),
    "issue_en": Line(0.08, 0.32, 0.88, 0.038, "eng"),
    "expiry_th": Line(0.50, 0.705, 0.79, 0.040, "tha"),
    "expiry_en": Line(0.50, 0.705, 0.88, 0.038, "eng"),
}
LASER_CODE = Line(0.50, 0.98, 0.86, 0.062, "laser")

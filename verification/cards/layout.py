"""Where things stand on the Thai national ID card, as fractions of its width and height (ISO ID-1).

Measured on real cards of 2008 to 2021: labels and values lie within .006 of these places once the
labels are laid over each other. The print as a whole lies up to .010 and .020 off on the card.
"""

from typing import NamedTuple

import numpy as np

ASPECT = 85.60 / 53.98
WIDTH = 1200
HEIGHT = round(WIDTH / ASPECT)
PORTRAIT = (0.743, 0.470, 0.980, 0.912)
HEAD = (0.79, 0.53, 0.93, 0.84)  # within the portrait
FACE = (0.862, 0.69)  # its middle; its height is a fifth of the card's
FACE_HEIGHT = 0.20


class Label(NamedTuple):
    """Printed on every card: `text` without spaces, the ink's ends, its baseline, the height of ก
    or a capital."""

    text: str
    left: float
    right: float
    baseline: float
    letter: float


class Value(NamedTuple):
    """A line that differs from card to card: where its ink begins and can end, its baseline, the
    height of ก or a capital; `letters` names what can stand there (recogniser.alphabets).
    """

    left: float
    right: float
    baseline: float
    letter: float
    letters: str


LABELS = (
    Label("บัตรประจำตัวประชาชน", 0.171, 0.552, 0.091, 0.046),
    Label("ThaiNationalIDCard", 0.565, 0.979, 0.090, 0.047),
    Label("เลขประจำตัวประชาชน", 0.171, 0.399, 0.139, 0.030),
    Label("IdentificationNumber", 0.172, 0.428, 0.185, 0.029),
    Label("ชื่อตัวและชื่อสกุล", 0.104, 0.274, 0.279, 0.030),
    Label("ชื่อ/นามสกุล", 0.102, 0.225, 0.270, 0.030),
    Label("Name", 0.310, 0.377, 0.351, 0.029),
    Label("Lastname", 0.311, 0.431, 0.423, 0.029),
    Label("เกิดวันที่", 0.339, 0.421, 0.499, 0.031),
    Label("DateofBirth", 0.339, 0.488, 0.569, 0.029),
    Label("ศาสนา", 0.341, 0.408, 0.635, 0.029),
    Label("ที่อยู่", 0.102, 0.147, 0.713, 0.031),
    Label("วันออกบัตร", 0.102, 0.208, 0.885, 0.027),
    Label("DateofIssue", 0.103, 0.240, 0.971, 0.027),
    Label("เจ้าพนักงานออกบัตร", 0.290, 0.498, 0.978, 0.029),
    Label("วันบัตรหมดอายุ", 0.560, 0.708, 0.886, 0.028),
    Label("DateofExpiry", 0.562, 0.714, 0.973, 0.027),
)
OLDER_NAME, NEWER_NAME = "ชื่อ/นามสกุล", "ชื่อตัวและชื่อสกุล"  # the name's label, of 2005 to 2011 and since

FRONT = {
    "number": Value(0.447, 0.800, 0.162, 0.050, "number"),
    "name_th": Value(0.287, 0.980, 0.279, 0.046, "thai"),
    "name_en": Value(0.403, 0.980, 0.351, 0.040, "english"),
    "last_name_en": Value(0.462, 0.980, 0.424, 0.040, "english"),
    "birth_th": Value(0.448, 0.730, 0.499, 0.041, "thai_date"),
    "birth_en": Value(0.507, 0.735, 0.569, 0.043, "english_date"),
    "religion": Value(0.429, 0.620, 0.634, 0.029, "religion"),
    "address_1": Value(0.163, 0.740, 0.713, 0.035, "address"),
    "address_2": Value(0.104, 0.740, 0.781, 0.035, "address"),
    "issue_th": Value(0.103, 0.270, 0.835, 0.030, "thai_date"),
    "issue_en": Value(0.102, 0.270, 0.930, 0.031, "english_date"),
    "expiry_th": Value(0.562, 0.735, 0.838, 0.030, "thai_date"),
    "expiry_en": Value(0.563, 0.735, 0.932, 0.031, "english_date"),
    "request": Value(0.755, 0.975, 0.959, 0.031, "request"),
}
# Cards of 2005 to 2011, where they differ.
OLDER = {
    "name_th": Value(0.238, 0.980, 0.270, 0.046, "thai"),
    "name_en": Value(0.390, 0.980, 0.349, 0.040, "english"),
    "birth_th": Value(0.429, 0.730, 0.492, 0.041, "thai_date"),
}


def begins(*, older: bool) -> np.ndarray:
    """N x 2: where labels and values begin on their baselines, in card's widths."""
    values = (FRONT | OLDER if older else FRONT).values()
    places = [(one.left, one.baseline) for one in LABELS]
    return np.array(places + [(one.left, one.baseline) for one in values]) / [1, ASPECT]

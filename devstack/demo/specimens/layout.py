"""Where everything stands on a Thai national ID card, as measured on eight true ones.

Fractions of 85.60 x 53.98 mm from the left top corner; a letter's height as a fraction of the
card's height. Labels and values are printed in one go; pictures are there before.
"""

from typing import NamedTuple

ASPECT = 85.60 / 53.98
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Place(NamedTuple):
    """`left` edge and baseline of a line; `letter` is the height of a capital or a digit; `right`
    is a label's other edge, and 0 for a value: it ends where it ends.
    """

    left: float
    baseline: float
    letter: float
    ink: str
    right: float = 0.0


LABELS = {
    "title_th": ("บัตรประจำตัวประชาชน", Place(0.171, 0.091, 0.046, "black", 0.552)),
    "title_en": ("Thai National ID Card", Place(0.565, 0.090, 0.047, "blue", 0.979)),
    "id_label_th": ("เลขประจำตัวประชาชน", Place(0.171, 0.139, 0.030, "black", 0.399)),
    "id_label_en": ("Identification Number", Place(0.172, 0.186, 0.029, "blue", 0.428)),
    "name_th_label": ("ชื่อตัวและชื่อสกุล", Place(0.104, 0.279, 0.030, "black", 0.274)),
    "name_en_label": ("Name", Place(0.310, 0.351, 0.029, "blue", 0.377)),
    "last_en_label": ("Last name", Place(0.311, 0.423, 0.029, "blue", 0.431)),
    "birth_th_label": ("เกิดวันที่", Place(0.341, 0.499, 0.031, "black", 0.423)),
    "birth_en_label": ("Date of Birth", Place(0.339, 0.568, 0.029, "blue", 0.488)),
    "religion_label": ("ศาสนา", Place(0.341, 0.635, 0.029, "black", 0.408)),
    "addr_label": ("ที่อยู่", Place(0.102, 0.713, 0.031, "black", 0.147)),
    "issue_th_label": ("วันออกบัตร", Place(0.102, 0.885, 0.027, "black", 0.208)),
    "issue_en_label": ("Date of Issue", Place(0.103, 0.970, 0.027, "blue", 0.240)),
    "officer_label": ("เจ้าพนักงานออกบัตร", Place(0.290, 0.978, 0.029, "blue", 0.498)),
    "expiry_th_label": ("วันบัตรหมดอายุ", Place(0.560, 0.886, 0.028, "black", 0.708)),
    "expiry_en_label": ("Date of Expiry", Place(0.562, 0.973, 0.027, "blue", 0.714)),
}
VALUES = {
    "number": Place(0.447, 0.162, 0.050, "black"),
    "name_th": Place(0.287, 0.279, 0.046, "black"),
    "name_en": Place(0.403, 0.351, 0.040, "blue"),
    "last_name_en": Place(0.462, 0.424, 0.040, "blue"),
    "birth_th": Place(0.448, 0.499, 0.041, "black"),
    "birth_en": Place(0.507, 0.569, 0.043, "blue"),
    "religion": Place(0.429, 0.634, 0.029, "blue"),
    "address_1": Place(0.163, 0.713, 0.035, "black"),
    "address_2": Place(0.104, 0.781, 0.035, "black"),
    "issue_th": Place(0.103, 0.835, 0.030, "black"),
    "issue_en": Place(0.102, 0.930, 0.031, "blue"),
    "expiry_th": Place(0.562, 0.838, 0.030, "black"),
    "expiry_en": Place(0.563, 0.932, 0.031, "blue"),
    "officer_name": Place(0.289, 0.933, 0.029, "black", 0.502),
    "request_number": Place(0.755, 0.959, 0.031, "black", 0.954),
}
# What stands elsewhere on cards of 2005-2011: left edge, baseline, and a label's right edge.
EARLY = {
    "id_label_en": (0.173, 0.176, 0.429),
    "name_th_label": (0.102, 0.270, 0.228),
    "birth_th_label": (0.329, 0.494, 0.411),
    "birth_en_label": (0.330, 0.568, 0.481),
    "name_th": (0.238, 0.270, 0),
    "name_en": (0.390, 0.349, 0),
    "birth_th": (0.429, 0.492, 0),
    "birth_en": (0.512, 0.564, 0),
}
RIGHTMOST = {"name_th": 0.985, "name_en": 0.738, "last_name_en": 0.738}  # a value is squeezed in
ADDRESS_FULL = (0.60, 0.70)  # where a first line of an address ends at the latest

PORTRAIT: Box = (0.748, 0.476, 0.978, 0.906)
CHIP: Box = (0.095, 0.327, 0.249, 0.547)
EMBLEM: Box = (0.009, 0.019, 0.137, 0.222)
BARCODE: Box = (0.028, 0.266, 0.075, 0.938)
BARCODE_BOTTOM_EARLY = 0.868
STRIP: Box = (0.0, 0.247, 0.086, 1.0)
STAMP: Box = (0.344, 0.787, 0.421, 0.917)
SIGNATURE: Box = (0.276, 0.782, 0.493, 0.894)
HORIZON = 0.648
MARKS = ((0.772, 0.398, 0.042, "SPECIMEN"), (0.800, 0.452, 0.036, "ตัวอย่าง"),
         (0.105, 0.628, 0.042, "SPECIMEN"))  # fmt: skip


class Back(NamedTuple):
    """One of the two designs seen: a scan of a true card, and a drawing of 2023."""

    horizon: float
    flag: Box
    patch: Box | None  # of foil


BACKS = (Back(0.575, (0.795, 0.375, 0.913, 0.495), (0.095, 0.335, 0.259, 0.560)),
         Back(0.617, (0.830, 0.425, 0.947, 0.550), None))  # fmt: skip
COUNTRY = (("ประเทศไทย", -0.009), ("THAILAND", 0.033))  # baselines, from the flag's edge
COUNTRY_LETTER = 0.027
# Two places are seen: under the horizon in the middle, and at the lower edge.
LASER_CODES = (Place(0.361, 0.683, 0.050, "grey", 0.653), Place(0.395, 0.955, 0.046, "grey", 0.664))
BACK_MARKS = ((0.33, 0.155, 0.075, "SPECIMEN"), (0.40, 0.245, 0.060, "ตัวอย่าง"))

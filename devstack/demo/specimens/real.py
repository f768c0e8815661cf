"""Grounds of true cards, straightened, without personal data: for measuring only, never shipped.

They lie beside the repository where there are any (`../shared/cards`, its README.md says what).
"""

import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from devstack.demo.specimens.layout import ASPECT, LASER_CODES, Place

NAMES = {
    "number": "number", "name_th": "name_th", "name_en": "first_en", "last_name_en": "last_en",
    "birth_th": "birth_th", "birth_en": "birth_en", "religion": "religion", "address_1": "addr1",
    "address_2": "addr2", "issue_th": "issue_th", "issue_en": "issue_en", "expiry_th": "expiry_th",
    "expiry_en": "expiry_en", "officer_name": "officer", "request_number": "request",
    **{label: label for label in ("last_en_label", "birth_th_label", "birth_en_label",
                                  "addr_label", "officer_label")},
}  # fmt: skip
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class RealGround:
    """`places` are left edges and baselines by names of layout.py, of values and of
    labels that were lost; `blur` is the sigma of its print in pixels of a card 1200 wide.
    """

    path: Path
    early: bool
    places: dict[str, tuple[float, float]]
    inks: dict[str, Colour]
    blur: float
    boxes: dict[str, tuple[float, ...]]
    religion: bool

    def picture(self, width: int) -> Image.Image:
        return _opened(self.path, width)


@dataclass(frozen=True)
class RealBack:
    """`places` are where a laser code may stand, `grey` its colour."""

    path: Path
    places: tuple[Place, ...]
    grey: Colour

    def picture(self, width: int) -> Image.Image:
        return _opened(self.path, width)


def real_grounds(folder: Path) -> list[RealGround]:
    """The fronts in a folder like `../shared/cards`; none where it is not there."""
    table = folder / "grounds" / "grounds.json"
    if not table.is_file():
        return []
    fronts = json.loads(table.read_text("utf-8"))["fronts"]
    return [_ground(folder / "grounds" / f"{name}.jpg", fronts[name]) for name in sorted(fronts)]


def real_backs(folder: Path) -> list[RealBack]:
    """The backs in such a folder."""
    table = folder / "grounds" / "grounds.json"
    if not table.is_file():
        return []
    backs = json.loads(table.read_text("utf-8"))["backs"]
    return [
        RealBack(
            folder / "grounds" / f"{name}.jpg",
            tuple(_code(*code) for code in backs[name]["code"]),
            tuple(backs[name]["grey"]),
        )
        for name in sorted(backs)
    ]


def _code(left: float, baseline: float, letter: float) -> Place:
    wide = LASER_CODES[0].right - LASER_CODES[0].left
    return Place(left, baseline, letter, "grey", left + wide * letter / LASER_CODES[0].letter)


def _opened(path: Path, width: int) -> Image.Image:
    with Image.open(path) as ground:
        size = (width, round(width / ASPECT))
        return ground.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _ground(path: Path, entry: dict) -> RealGround:
    return RealGround(
        path,
        early=entry["generation"] == "2005-2011",
        places={
            ours: tuple(entry["at"][theirs])
            for ours, theirs in NAMES.items()
            if theirs in entry["at"]
        },
        inks={"black": tuple(entry["black"]), "blue": tuple(entry["blue"])},
        blur=entry["blur"],
        boxes={name: tuple(entry[name]) for name in ("portrait", "barcode", "stamp")},
        religion=entry["religion_label"],
    )

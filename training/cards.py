"""The value lines of the test photos in ../shared/cards: where they stand and what they say.

The photos measure only. Nothing here is trained on, and nothing of it is copied.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from training.words import MONTHS_EN, MONTHS_TH
from verification.cards.recogniser import Line

WIDTH, HEIGHT = 1200, 757
BUDDHIST = 543
# Name on the card, in layout.json, in grounds.json, letters (verification.cards.recogniser).
LINES = (
    ("number", "number", "number", "number"), ("name_th", "name_th", "name_th", "thai"),
    ("name_en", "name_en", "first_en", "english"),
    ("last_name_en", "last_name_en", "last_en", "english"),
    ("birth_th", "birth_th", "birth_th", "thai_date"),
    ("birth_en", "birth_en", "birth_en", "english_date"),
    ("religion", "religion", "religion", "religion"),
    ("address_1", "address_1", "addr1", "address"),
    ("address_2", "address_2", "addr2", "address"),
    ("issue_th", "issue_th", "issue_th", "thai_date"),
    ("issue_en", "issue_en", "issue_en", "english_date"),
    ("expiry_th", "expiry_th", "expiry_th", "thai_date"),
    ("expiry_en", "expiry_en", "expiry_en", "english_date"),
    ("request", "request_number", "request", "request"),
)  # fmt: skip
BANDS = {"thai": "thai", "address": "thai", "religion": "thai", "thai_date": "thai_date"}


class Value(NamedTuple):
    """One line of one photo: `kind` names its letters, `text` is what is printed."""

    field: str
    kind: str
    line: Line
    text: str


class Photo(NamedTuple):
    """A card laid straight, HEIGHT x WIDTH x 3 uint8 RGB, and its lines."""

    name: str
    card: np.ndarray
    values: list[Value]


def photos(folder: Path, *, shaken: float = 0.0, placed: bool = True) -> Iterator[Photo]:
    """The fronts, straightened by their true corners, each moved by at most `shaken` of the
    card's width. Lines are where they were `placed` on that card, else where the layout has them.
    """
    truth = json.loads((folder / "photos" / "truth.json").read_text("utf-8"))
    grounds = json.loads((folder / "grounds" / "grounds.json").read_text("utf-8"))["fronts"]
    layout = json.loads((folder / "layout.json").read_text("utf-8"))["front"]
    chance = np.random.default_rng(7)
    for name, entry in truth.items():
        if entry["side"] != "front":
            continue
        errors = chance.uniform(-shaken, shaken, (4, 2)) * entry["card_width"]
        corners = np.array(entry["corners"]) + errors
        card = straight(cv2.imread(str(folder / "photos" / name)), corners)
        places = grounds[entry["ground"]] if placed else {"at": {}}
        yield Photo(name, card, list(_values(entry, layout, places["at"])))


def straight(picture: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """H x W x 3 BGR and 4 x 2 corners to HEIGHT x WIDTH x 3 RGB."""
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    card = cv2.warpPerspective(picture, view, (WIDTH, HEIGHT), flags=cv2.INTER_AREA,
                               borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
    return cv2.cvtColor(card, cv2.COLOR_BGR2RGB)


def _values(entry: dict, layout: dict, places: dict) -> Iterator[Value]:
    texts = printed(entry["fields"], entry["address_lines"])
    for field, in_layout, in_grounds, kind in LINES:
        if not texts[field]:
            continue
        box = layout[in_layout]
        left, baseline = places.get(in_grounds, (box["left"], box["baseline"]))
        right = box["read_until"] + left - box["left"]
        letter = box["letter_height"]
        line = Line((left - 0.008) * WIDTH, min(0.985, right) * WIDTH, baseline * HEIGHT,
                    letter * HEIGHT, BANDS.get(kind, "latin"))  # fmt: skip
        yield Value(field, kind, line, texts[field])


def printed(fields: dict[str, str], address: list[str]) -> dict[str, str]:
    """The lines as the card has them."""
    number = fields["number"]
    return {
        "number": " ".join((number[0], number[1:5], number[5:10], number[10:12], number[12])),
        "name_th": f"{fields['title_th']} {fields['first_name_th']} {fields['last_name_th']}",
        "name_en": f"{fields['title_en']} {fields['first_name_en']}",
        "last_name_en": fields["last_name_en"],
        "religion": fields["religion"],
        "address_1": address[0],
        "address_2": address[1] if len(address) > 1 else "",
        "request": fields["request_number"],
        **{
            f"{name}_{language}": date(fields[f"{name}_date"], thai=language == "th")
            for name in ("birth", "issue", "expiry")
            for language in ("th", "en")
        },
    }


def date(iso: str, *, thai: bool) -> str:
    if iso == "lifelong":
        return "ตลอดชีพ" if thai else "LIFELONG"
    year, month, day = (int(part) for part in iso.split("-"))
    named = (MONTHS_TH if thai else MONTHS_EN)[month - 1]
    return f"{day} {named} {year + BUDDHIST if thai else year}"

"""The portal's reader as it stands, on the test photos: no corner is given, and both sides."""

import json
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from django.conf import settings

from verification.cards import CardSide, read_back, read_front

READ = {"front": read_front, "back": read_back}
GROUPS = {
    "number": ("number",),
    "Thai name": ("title_th", "first_name_th", "last_name_th"),
    "English name": ("title_en", "first_name_en", "last_name_en"),
    "dates": ("birth_date", "issue_date", "expiry_date"),
    "religion": ("religion",),
    "address": ("address",),
    "laser code": ("laser_code",),
}


class Tried(NamedTuple):
    """One photo: its side, what stands on it, what was read, and the CPU seconds that took."""

    side: str
    printed: dict[str, str]
    read: CardSide
    seconds: float


def tried(folder: Path) -> list[Tried]:
    """Every photo of the folder's photos/truth.json, read."""
    truth = json.loads((folder / "photos" / "truth.json").read_text("utf-8"))
    found = []
    for name, entry in truth.items():
        picture = cv2.cvtColor(cv2.imread(str(folder / "photos" / name)), cv2.COLOR_BGR2RGB)
        begun = time.process_time()
        side = READ[entry["side"]](picture)
        found.append(Tried(entry["side"], entry["fields"], side, time.process_time() - begun))
    return found


def whole_reader(folder: Path) -> list[str]:
    """Markdown: photos read and refused with their CPU, then fields by kind."""
    photos = tried(folder)
    rows = [
        "| side | photos | found | refused | CPU s, median | worst |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for side in READ:
        of = [one for one in photos if one.side == side]
        found = sum(bool(one.read.fields) for one in of)
        refused = sum(bool(one.read.problems) for one in of)
        took = [one.seconds for one in of]
        rows.append(f"| {side} | {len(of)} | {found} | {refused} | {np.median(took):.2f} | "
                    f"{max(took):.2f} |")  # fmt: skip
    return [*rows, "", *_by_kind(photos)]


def _by_kind(photos: list[Tried]) -> list[str]:
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for photo in photos:
        for kind, names in GROUPS.items():
            for name in names:
                if name in photo.printed:
                    said = photo.read.fields.get(name)
                    right = said is not None and said.value == photo.printed[name]
                    held = said is not None and said.confidence >= sure
                    one = (1, right, held, held and not right)
                    counts[kind] = [a + b for a, b in zip(counts[kind], one, strict=True)]
    rows = ["| fields | printed | right | sure | sure and wrong |", "|---|--:|--:|--:|--:|"]
    return rows + [f"| {kind} | {' | '.join(map(str, count))} |" for kind, count in counts.items()]

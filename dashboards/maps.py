"""The outlines of the provinces, out of the open map that scripts/assets.py fetched."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings

from dashboards.places import Place

FILE = "maps/thailand.svg"


class Outline(NamedTuple):
    code: str
    name: str
    path: str
    shade: int
    words: str


@cache
def _paths() -> dict[str, str]:
    """The outline of each area by its English name in small letters; empty without the file."""
    file = Path(settings.MODELS_DIR) / FILE
    if not file.is_file():
        return {}
    root = ElementTree.parse(file).getroot()  # noqa: S314 - as above
    return {_bare(area.get("aria-label", "")): area.get("d", "") for area in root if area.get("d")}


def outlines(places: list[Place], shades: dict[str, int], words: dict[str, str]) -> list[Outline]:
    """The provinces that the map has, each with its shade from 0 to 5."""
    paths = _paths()
    return [
        Outline(
            place.code,
            place.name,
            paths[_bare(place.english)],
            shades.get(place.code, 0),
            words.get(place.name, ""),
        )
        for place in places
        if _bare(place.english) in paths
    ]


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())

"""The outlines of the provinces, out of the open map that scripts/assets.py fetched."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from django.conf import settings

from dashboards.places import provinces
from dashboards.tables import Table, as_number, words

FILE = "maps/thailand.svg"
SHADES = 5


class Outline(NamedTuple):
    code: str
    name: str
    path: str
    shade: int
    words: str


class CountryMap(NamedTuple):
    """`legend`: each shade with the least and the most it stands for. `rated`: per 1,000."""

    outlines: list[Outline]
    legend: list[tuple[int, str, str]]
    rated: bool


@cache
def _paths() -> dict[str, str]:
    """The outline of each area by its English name in small letters; empty without the file."""
    file = Path(settings.MODELS_DIR) / FILE
    if not file.is_file():
        return {}
    root = ElementTree.parse(file).getroot()  # noqa: S314 - as above
    return {_bare(area.get("aria-label", "")): area.get("d", "") for area in root if area.get("d")}


def country_map(table: Table) -> CountryMap:
    """The provinces that the map has, shaded by sign-ups per 1,000 (by their number where nobody
    counted who could sign up), with what each shade stands for.
    """
    keys, paths = [column.key for column in table.columns], _paths()
    rated = any(row.values[keys.index("per_1000")] for row in table.rows)
    place = keys.index("per_1000" if rated else "sign_ups")
    kind, values = (
        table.columns[place].kind,
        {str(row.values[0]): as_number(row.values[place]) for row in table.rows},
    )
    least, width = _range([value for value in values.values() if value])
    drawn = [
        Outline(
            one.code,
            one.name,
            paths[_bare(one.english)],
            _shade(values.get(one.name), least, width),
            words(values.get(one.name), kind),
        )
        for one in provinces()
        if _bare(one.english) in paths
    ]
    steps = [least + width * number / SHADES for number in range(SHADES + 1)]
    told = [words(step if rated else round(step), kind) for step in steps]
    legend = [(number, told[number - 1], told[number]) for number in range(1, SHADES + 1)]
    return CountryMap(drawn, legend if width else [], rated)


def _range(values: list[float]) -> tuple[float, float]:
    """The least of the values, and how far the others go beyond it."""
    return (min(values), max(values) - min(values)) if values else (0, 0)


def _shade(value: float | None, least: float, width: float) -> int:
    """Which fifth of the range a value lies in: 1 to 5, 0 for none."""
    if not value:
        return 0
    return 1 + min(SHADES - 1, int(SHADES * (value - least) / width)) if width else 1


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())

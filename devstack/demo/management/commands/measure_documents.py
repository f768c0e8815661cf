"""Hands in forged and honest cards and prints attack rates by species as Markdown."""

import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product

from django.core.management.base import BaseCommand

from devstack.demo.measuring.documents import (
    HONEST_BACK,
    HONEST_FRONT,
    MADE,
    Handed,
    hand_in,
)
from verification.faces.calibration import Share

HONEST = (HONEST_FRONT, HONEST_BACK)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=60, help="photos of a species")
        parser.add_argument("--honest", type=int, default=300, help="photos of an honest side")
        parser.add_argument("--seed", type=int, default=90_000)

    def handle(self, *, count: int, honest: int, seed: int, **_options: object) -> None:
        forged = [name for name in MADE if name not in HONEST]
        asked = [*product(HONEST, range(seed, seed + honest)),
                 *product(forged, range(seed, seed + count))]  # fmt: skip
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            handed = list(workers.map(hand_in, *zip(*asked, strict=True), chunksize=5))
        self.stdout.write("\n".join([*honest_lines(handed), "", *forged_lines(handed, forged)]))


def honest_lines(handed: list[Handed]) -> Iterator[str]:
    """BPCER of what was not refused: who is asked for another photo is not called a forger."""
    yield "| honest | asked for again | BPCER: taken for a forgery | by |"
    yield "|---|--:|---|---|"
    for species in HONEST:
        photos = [one for one in handed if one.species == species]
        kept = [one for one in photos if not one.refused]
        suspected = Share(sum(bool(one.suspected) for one in kept), len(kept))
        yield f"| {species} | {len(photos) - len(kept)} | {suspected} | {_signs(kept)} |"


def forged_lines(handed: list[Handed], species: list[str]) -> Iterator[str]:
    yield "| handed in | refused | suspected | APCER: taken for honest | by |"
    yield "|---|---|--:|---|---|"
    for name in species:
        photos = [one for one in handed if one.species == name]
        refused = Counter(one.refused for one in photos if one.refused)
        named = ", ".join(f"{code} {times}" for code, times in refused.most_common())
        suspected = sum(bool(one.suspected) for one in photos if not one.refused)
        taken = Share(sum(one.taken for one in photos), len(photos))
        kept = [one for one in photos if not one.refused]
        yield f"| {name} | {named or 0} | {suspected} | {taken} | {_signs(kept)} |"


def _signs(photos: list[Handed]) -> str:
    counts = Counter(sign for one in photos for sign in one.signs)
    return ", ".join(f"{sign} {times}" for sign, times in counts.most_common())

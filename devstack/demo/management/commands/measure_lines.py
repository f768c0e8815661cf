"""Reads lines of made-up cards with both readers: how often they are right, alone and together,
and whether what is said to be so likely is. Markdown.

With --fit it writes what calibrates the reader (verification/cards/confidence.json) instead.
"""

import json
import os
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from django.conf import settings
from django.core.management.base import BaseCommand

from devstack.demo.measuring.confidence import HeardLine, heard_lines
from devstack.demo.measuring.reliability import binned, curve_of, table
from verification.cards.confidence import FITTED
from verification.faces.calibration import Share

BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0)
FEW = (0.0, 0.5, 0.8, 0.95, 1.0)  # bounds for lines that both readers agree on: few are unlikely
FIT_ON = 81_000  # seeds of the cards that the curves were fitted on


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=150)
        parser.add_argument("--seed", type=int, default=70_000)
        parser.add_argument("--fit", action="store_true", help=f"on seeds from {FIT_ON}")

    def handle(self, *, count: int, seed: int, fit: bool, **_options: object) -> None:
        first = FIT_ON if fit else seed
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            found = workers.map(heard_lines, range(first, first + count), chunksize=5)
            lines = list(chain.from_iterable(found))
        self.stdout.write(_fitted(lines) if fit else "\n".join(_measured(lines)))


def _fitted(lines: list[HeardLine]) -> str:
    curves = {
        "alone": curve_of(((one.said, one.right) for one in lines if not one.vouched), BOUNDS),
        "agreed": curve_of(((one.said, one.right) for one in lines if one.vouched), FEW),
    }
    FITTED.write_text(json.dumps(curves, indent=1) + "\n")
    return f"{FITTED.name} was fitted on {len(lines)} lines."


def _measured(lines: list[HeardLine]) -> list[str]:
    likely = binned((one.believed, one.right) for one in lines)
    return [*_readers(lines), "", *table(likely, "lines")]


def _readers(lines: list[HeardLine]) -> list[str]:
    """Each reader alone; the lines that are sure by both, and those that are sure to the portal."""
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    agreed = [one for one in lines if one.agreed]
    believed = [one for one in lines if one.believed >= sure]
    rows = {
        "our recogniser": (lines, [one for one in lines if one.right]),
        "Tesseract": (lines, [one for one in lines if one.other_right]),
        "either of them": (lines, [one for one in lines if one.right or one.other_right]),
        "where both agree": (agreed, [one for one in agreed if one.right]),
        "sure to the portal": (believed, [one for one in believed if one.right]),
    }
    head = ["| reader | lines | right |", "|---|--:|---|"]
    return head + [
        f"| {name} | {len(of)} | {Share(len(right), len(of))} |"
        for name, (of, right) in rows.items()
    ]

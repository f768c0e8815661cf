"""Reads photos of made-up cards and says how much came out right, as Markdown.

They are printed in typefaces that the recogniser was not trained on.
"""

import os
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand

from devstack.demo.measuring.cards import FIELDS, Trial, confusions, try_card
from devstack.demo.measuring.reliability import binned, table
from verification.faces.calibration import Share

NAMES = ("first_name_th", "last_name_th", "first_name_en", "last_name_en")
GROUPS = {"number": ("number",), "all names": NAMES, "birth date": ("birth_date",)}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=300)
        parser.add_argument("--seed", type=int, default=70_000)
        parser.add_argument("--each", action="store_true", help="name each wrong field's seed")

    def handle(self, *, count: int, seed: int, each: bool, **_options: object) -> None:
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            unseen = partial(try_card, unseen=True)
            trials = list(workers.map(unseen, range(seed, seed + count), chunksize=5))
        sayings = (_rates, _sure, _believed, _refusals, _mixed)
        self.stdout.write("\n\n".join("\n".join(say(trials)) for say in sayings))
        if each:
            self.stdout.write("\n".join(_wrong(trials, seed)))


def _right(trial: Trial, names: tuple[str, ...]) -> bool:
    return all(trial.read.get(name, ("", 0))[0] == trial.printed[name] for name in names)


def _admitted(trial: Trial, names: tuple[str, ...]) -> bool:
    """Whether each wrong field of a trial was said to be doubtful, or the photo refused."""
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    wrong = [name for name in names if name in trial.read and not _right(trial, (name,))]
    return all(trial.read[name][1] < sure for name in wrong)


def _rates(trials: list[Trial]) -> list[str]:
    lines = [
        "| field | right, of all | right, if not refused | wrong | of these doubtful | needless |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for label, names in {**GROUPS, **{name: (name,) for name in FIELDS}}.items():
        side = "back" if names == ("laser_code",) else "front"
        kept = [t for t in trials if not any(code.startswith(side) for code in t.refused)]
        right = sum(_right(trial, names) for trial in kept)
        wrong = [trial for trial in kept if not _right(trial, names)]
        admitted = sum(_admitted(trial, names) for trial in wrong)
        lines.append(
            f"| {label} | {right / len(trials):.1%} | {right / len(kept):.1%} ({right} of "
            f"{len(kept)}) | {len(wrong)} | {admitted} | {_doubted(kept, names)} |"
        )
    return lines


def _all_fields(trials: list[Trial]) -> list[tuple[float, bool]]:
    """How likely each field that was read is said to be, and whether it is right."""
    return [
        (confidence, value == trial.printed[name])
        for trial in trials
        for name, (value, confidence) in trial.read.items()
    ]


def _sure(trials: list[Trial]) -> list[str]:
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    found = _all_fields(trials)
    wrong = [said for said, right in found if not right]
    shares = {
        "right, of all fields that were read": (len(found) - len(wrong), len(found)),
        "sure and wrong, of all fields": (sum(said >= sure for said in wrong), len(found)),
        "called doubtful, of the wrong ones": (sum(said < sure for said in wrong), len(wrong)),
    }
    return ["| fields | share |", "|---|---|"] + [
        f"| {what} | {Share(count, total)} |" for what, (count, total) in shares.items()
    ]


def _believed(trials: list[Trial]) -> list[str]:
    return table(binned(_all_fields(trials)), "fields")


def _doubted(trials: list[Trial], names: tuple[str, ...]) -> int:
    sure = settings.MACHINE_THRESHOLDS["field_confidence"]
    """How many were read right, and yet called doubtful."""
    return sum(
        _right(trial, names) and any(trial.read[name][1] < sure for name in names)
        for trial in trials
    )


def _refusals(trials: list[Trial]) -> list[str]:
    codes = Counter(code for trial in trials for code in trial.refused)
    return ["| refused, and asked for again | photos |", "|---|--:|"] + [
        f"| {code} | {count} |" for code, count in codes.most_common()
    ]


def _mixed(trials: list[Trial]) -> list[str]:
    lines = ["| printed | read | times |", "|---|---|--:|"]
    pairs = confusions(trials, (*NAMES, "number", "laser_code"))
    return lines + [
        f"| {one} | {other} | {count} |" for (one, other), count in pairs.most_common(12)
    ]


def _wrong(trials: list[Trial], seed: int) -> list[str]:
    return [
        f"{place} {name}: {trial.printed[name]!r} read {trial.read.get(name)} {trial.conditions}"
        for place, trial in enumerate(trials, seed)
        for name in ("number", *NAMES, "birth_date")
        if not _right(trial, (name,))
    ] + [
        f"{place} {trial.refused} {trial.conditions}"
        for place, trial in enumerate(trials, seed)
        if trial.refused
    ]

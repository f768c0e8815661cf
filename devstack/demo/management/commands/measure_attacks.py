"""Attacks the selfie step with sample pictures and prints APCER and BPCER as Markdown."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand

from devstack.demo.measuring.attacks import ACTIVE, PASSIVE, Target, follows, looks_live, targets
from verification.faces.calibration import Share


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=60)
        parser.add_argument("--live", type=Path, nargs="*", default=[], help="captures of people")
        parser.add_argument("--attack", type=Path, nargs="*", default=[], help="real attacks")

    def handle(
        self, *, count: int, live: list[Path], attack: list[Path], **_options: object
    ) -> None:
        people = targets(count)
        bona_fide = {"captures of people": _read(live), "sample selfies": _selfies(people)}
        species = {"captures of prints and replays": _read(attack)}
        species |= {shown: [made(one) for one in people] for shown, made in PASSIVE.items()}
        lines = ["| judged by | presentation | | error |", "|---|---|---|---|"]
        lines += _lines("liveness", bona_fide, species, accepts=looks_live)
        lines += _lines(
            "head turns",
            {"the person": [(one, one.frames()) for one in people]},
            {shown: [(one, made(one)) for one in people] for shown, made in ACTIVE.items()},
            accepts=lambda case: follows(case[0], case[0].selfie(), case[1]),
        )
        self.stdout.write("\n".join(lines))


def _read(paths: list[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def _selfies(people: list[Target]) -> list[bytes]:
    return [one.selfie() for one in people]


def _lines(
    judge: str, bona_fide: dict[str, list], species: dict[str, list], *, accepts: Callable
) -> list[str]:
    """BPCER of the people's presentations, APCER of each species of attack, and the worst APCER."""
    lines, attacks = [], []
    for shown, cases in bona_fide.items():
        refused = [not accepts(case) for case in cases]
        if cases:
            lines.append(f"| {judge} | {shown} | BPCER | {Share(sum(refused), len(cases))} |")
    for shown, cases in species.items():
        if cases:
            attacks.append(Share(sum(accepts(case) for case in cases), len(cases)))
            lines.append(f"| {judge} | {shown} | APCER | {attacks[-1]} |")
    worst = max(attacks, key=lambda one: one.count / one.total)
    return [*lines, f"| {judge} | worst species | APCER | {worst} |"]

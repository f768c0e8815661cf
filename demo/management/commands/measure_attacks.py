"""Attacks the selfie step with sample pictures and prints APCER and BPCER as Markdown."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path

from django.core.management.base import BaseCommand

from demo.measuring import attacks
from demo.measuring.attacks import ACTIVE, PASSIVE, follows, looks_live, targets
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
        lines = ["| check | shown to it | taken for a person |", "|---|---|---|"]
        real = {"captures of people": live, "captures of prints and replays": attack}
        for shown, paths in real.items():
            if paths:
                lines.append(
                    _line("liveness", shown, looks_live, [path.read_bytes() for path in paths])
                )
        lines.append(_line("liveness", "sample selfies", looks_live, (p.selfie() for p in people)))
        for shown, made in PASSIVE.items():
            lines.append(_line("liveness", shown, looks_live, map(made, people)))
        for shown, made in {"the person": attacks.Target.frames, **ACTIVE}.items():
            lines.append(
                _line("head turns", shown, lambda target, made=made: _follows(target, made), people)
            )
        self.stdout.write("\n".join(lines))


def _follows(target: attacks.Target, made: Callable) -> bool:
    return follows(target, target.selfie(), made(target))


def _line(check: str, shown: str, accepts: Callable[..., bool], cases: Iterable) -> str:
    answers = [accepts(case) for case in cases]
    return f"| {check} | {shown} | {Share(sum(answers), len(answers))} |"

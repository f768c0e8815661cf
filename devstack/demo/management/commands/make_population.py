"""Writes a made-up population register as CSV, to try import_population with."""

import time
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from devstack.demo.population import write_population


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--broken", type=int, choices=(0, 1), default=0, metavar="PERCENT")

    def handle(self, *, count: int, file: Path, seed: int, broken: int, **_options: object) -> None:
        started = time.perf_counter()
        write_population(file, count, seed=seed, broken=bool(broken))
        seconds = time.perf_counter() - started
        self.stdout.write(f"{count:,} rows, {file.stat().st_size:,} bytes, {seconds:.1f} s")

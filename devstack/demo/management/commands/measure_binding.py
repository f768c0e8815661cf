"""How many honest people's cards tie them to the register by themselves, as Markdown."""

import os
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from django.core.management.base import BaseCommand

from devstack.demo.measuring.binding import Tied, try_person


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=300)
        parser.add_argument("--seed", type=int, default=70_000)

    def handle(self, *, count: int, seed: int, **_options: object) -> None:
        with ProcessPoolExecutor(os.cpu_count()) as workers:
            people = list(workers.map(try_person, range(seed, seed + count), chunksize=5))
        self.stdout.write("\n".join([*_shares(people), "", *_missed(people)]))


def _shares(people: list[Tied]) -> list[str]:
    first = sum(one.first for one in people)
    second = sum(one.second for one in people)
    rows = {
        "tied by the first photo": first,
        "tied by the first or the second": first + second,
        "an officer looks": len(people) - first - second,
    }
    head = ["| of honest people | share | people |", "|---|--:|--:|"]
    return head + [f"| {name} | {n / len(people):.1%} | {n} |" for name, n in rows.items()]


def _missed(people: list[Tied]) -> list[str]:
    counts = Counter(name for one in people if not (one.first or one.second) for name in one.missed)
    head = ["| still missing after the second photo | people |", "|---|--:|"]
    return head + [f"| {name} | {count} |" for name, count in counts.most_common()]

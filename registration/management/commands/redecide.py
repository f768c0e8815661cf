"""Judges past attempts again under other thresholds, and says what would change. A dry run."""

from argparse import ArgumentParser
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.claims import current_thresholds
from registration.redeciding import redecide
from verification.findings import Check

# A check on trial decides in the answer where its own threshold is asked about.
TRIED, OF_TRIED = frozenset({Check.SOLID}), frozenset({"solid", "solid_sure"})


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("changed", nargs="+", metavar="THRESHOLD=VALUE")
        parser.add_argument("--days", type=int, default=30)

    def handle(self, *, changed: list[str], days: int, **_options: object) -> None:
        values = dict(map(read, changed))
        counts = redecide(
            timezone.now() - timedelta(days=days),
            thresholds=current_thresholds().changed(values),
            tried=TRIED if values.keys() & OF_TRIED else frozenset(),
        )
        total = sum(counts.values())
        moved = {pair: count for pair, count in counts.items() if pair[0] != pair[1]}
        self.stdout.write(f"{total} attempts in {days} days; {sum(moved.values())} would change.")
        for (before, after), count in sorted(moved.items(), key=lambda entry: -entry[1]):
            self.stdout.write(f"{count:8}  {before} -> {after}")


def read(change: str) -> tuple[str, float]:
    """`face_match=0.5`; a CommandError names what may be changed."""
    name, _, value = change.partition("=")
    try:
        number = float(value)
    except ValueError as error:
        raise CommandError(f"{change}: expected a name, = and a number") from error
    if name not in settings.MACHINE_THRESHOLDS:
        known = ", ".join(settings.MACHINE_THRESHOLDS)
        raise CommandError(f"{name} is no threshold. There are: {known}")
    return name, number

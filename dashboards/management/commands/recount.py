"""Counts the log again and compares it with the counters of the dashboard."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dashboards.counting.recount import recount

SHOWN = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="set what differs right")

    def handle(self, *, repair: bool, **_options: object) -> None:
        found = recount(repair=repair)
        for one in found[:SHOWN]:
            self.stdout.write(
                f"{one.day} {one.figure} {one.label} in {one.area or 'the country'}: "
                f"kept {one.kept}, counted {one.counted}"
            )
        if not found:
            self.stdout.write("The counters are what the log says.")
        elif repair:
            self.stdout.write(f"{len(found)} counters were set right.")
        else:
            raise CommandError(f"{len(found)} counters differ; --repair sets them right.")

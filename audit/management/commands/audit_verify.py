import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.heads import HeadUnreadable, from_line
from audit.inspection import inspect
from audit.models import Head
from audit.tiles import tree_size

BAR = 40


class Command(BaseCommand):
    help = (
        "Go through the whole audit log and name what is changed, missing, added or out of place. "
        "Ends with 1 when anything is found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="tree heads a witness kept, one a line; may be given more than once",
        )
        parser.add_argument(
            "--from",
            type=int,
            default=0,
            dest="start",
            metavar="LEAVES",
            help="go on after this many leaves, which an earlier run found whole",
        )
        parser.add_argument("--most", type=int, default=20, help="stop after so many findings")

    def handle(self, *, head: list[Path], start: int, most: int, **options) -> None:
        outside = [one for path in head for one in self._read(path)]
        found = 0
        for finding in inspect(start=start, outside=outside, progress=self._show):
            self.stdout.write(str(finding))
            found += 1
            if found == most:
                break
        if found:
            raise CommandError(f"The audit log is not whole: {found} found.")
        self.stdout.write(
            f"The audit log is whole: {tree_size()} entries, {len(outside)} heads from outside."
        )

    def _read(self, path: Path) -> list[Head]:
        try:
            return [from_line(line) for line in path.read_text().splitlines() if line.strip()]
        except (OSError, HeadUnreadable) as problem:
            raise CommandError(f"{path}: {problem}") from problem

    def _show(self, done: int, size: int) -> None:
        if sys.stderr.isatty():
            bar = "#" * (BAR * done // size)
            self.stderr.write(f"\r[{bar:<{BAR}}] {done} of {size}", ending="")
            self.stderr.flush()

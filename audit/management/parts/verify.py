from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actions import Action
from audit.heads import HeadUnreadable, from_line
from audit.inspection import inspect
from audit.inspection.progress import Kept, bar
from audit.models import Entry, Head, MonthArchive
from audit.tiles import tree_size

HELP = (
    "Go through the whole audit log and name what is changed, missing, added or out of place. "
    "Ends with 1 when anything is found."
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--head",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="tree heads a witness kept, one a line; may be given more than once",
    )
    begin = parser.add_mutually_exclusive_group()
    begin.add_argument(
        "--resume", action="store_true", help="go on where a run that was stopped had come to"
    )
    begin.add_argument(
        "--from", type=int, default=0, dest="start", metavar="LEAVES", help="skip so many leaves"
    )
    parser.add_argument(
        "--progress",
        type=Path,
        default=Path(settings.VAR_DIR) / "audit-verify.json",
        metavar="FILE",
        help="where it is kept how far the run came",
    )
    parser.add_argument("--most", type=int, default=20, help="stop after so many findings")


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    outside = [one for path in options["head"] for one in heads_in(path)]
    kept = Kept(options["progress"])
    start = _begin(command, kept) if options["resume"] else options["start"]
    found: list[str] = []

    def show(done: int, size: int) -> None:
        if not found:
            kept.note(done)
        if command.stderr.isatty():
            command.stderr.write(f"\r{bar(done, size)}", ending="")
            command.stderr.flush()

    for finding in inspect(start=start, outside=outside, progress=show):
        found.append(str(finding))
        command.stdout.write(found[-1])
        if len(found) == options["most"]:
            break
    _tell_adoptions(command)
    if found:
        raise CommandError(f"The audit log is not whole: {len(found)} found.")
    kept.forget()
    for archive in MonthArchive.objects.order_by("month"):
        command.stdout.write(f"Sealed: {archive.month:%Y-%m}, {archive.entries} entries.")
    skipped = f" (the first {start} were not read again)" if start else ""
    heads = f"{len(outside)} heads from outside"
    command.stdout.write(f"The audit log is whole: {tree_size()} entries{skipped}, {heads}.")


def _tell_adoptions(command: BaseCommand) -> None:
    """So that who finds heads of a lost end knows what was said of it, and by whom."""
    for entry in Entry.objects.filter(action=Action.LOG_ADOPTED).order_by("id"):
        told = entry.details
        command.stdout.write(
            f"Adopted {entry.at:%Y-%m-%d %H:%M} UTC by {entry.actor_id}, entry {entry.pk}: after"
            f" {told['leaves']} entries from cluster {told['from_cluster']}; the head outside had"
            f" {told['head_leaves']}, {told['lost']} lost."
        )


def _begin(command: BaseCommand, kept: Kept) -> int:
    start = kept.start()
    command.stderr.write(f"Going on after {start} entries." if start else "Beginning anew.")
    return start


def heads_in(path: Path) -> list[Head]:
    """What a witness kept in a file."""
    try:
        return [from_line(line) for line in path.read_text().splitlines() if line.strip()]
    except (OSError, HeadUnreadable) as problem:
        raise CommandError(f"{path}: {problem}") from problem

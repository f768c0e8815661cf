import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.archiving import NotSealable, drop_month, seal_month
from audit.models import Seal

HELP = (
    "Export a month that is over into a signed file, keep its hashes, and remove its entries from "
    "the database."
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("month", type=_month, metavar="YYYY-MM")
    parser.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="for the file")
    parser.add_argument(
        "--keep", action="store_true", help="seal only; a later run without it removes the entries"
    )


def run(command: BaseCommand, options: dict) -> None:
    month, folder = options["month"], options["to"]
    path = folder / f"audit-{month:%Y-%m}.ndjson.gz"
    try:
        if options["keep"] or not Seal.objects.filter(month=month).exists():
            seal = seal_month(month, path=path)
            command.stdout.write(f"Sealed {seal.entries} entries of {month:%Y-%m} into {path}.")
        if not options["keep"]:
            command.stdout.write(f"Removed {drop_month(month)} entries from the database.")
    except (NotSealable, OSError) as problem:
        raise CommandError(str(problem)) from problem


def _month(text: str) -> datetime.date:
    return datetime.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone

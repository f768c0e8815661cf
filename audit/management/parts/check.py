from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.archiving import NotArchivable, check_archive

HELP = "Compare the file of a sealed month, line by line, with the tree that was kept."


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path)


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    try:
        archive = check_archive(options["file"])
    except NotArchivable as problem:
        raise CommandError(str(problem)) from problem
    command.stdout.write(f"The file holds the {archive.entries} entries of {archive.month:%Y-%m}.")

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.archiving import NotSealable, check_sealed

HELP = "Compare the file of a sealed month, line by line, with the tree that was kept."


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("file", type=Path)


def run(command: BaseCommand, options: dict) -> None:
    try:
        seal = check_sealed(options["file"])
    except NotSealable as problem:
        raise CommandError(str(problem)) from problem
    command.stdout.write(f"The file holds the {seal.entries} entries of {seal.month:%Y-%m}.")

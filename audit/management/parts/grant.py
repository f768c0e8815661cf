from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError

from audit.grants import grant_to

HELP = (
    "Give a database role what the running portal needs; for the log that is SELECT and INSERT. "
    "Run it as the owner of the tables, after each migration."
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("role")


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    try:
        grant_to(options["role"])
    except ProgrammingError as problem:
        raise CommandError(str(problem).strip()) from problem
    command.stdout.write(f"{options['role']} can run the portal, and to the log only add.")

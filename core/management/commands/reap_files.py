"""Go through all folders of sealed files now, and delete those without a row."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.reaping import StillWritten, TooManyOrphans, folders, reap


class Command(BaseCommand):
    help = "Deletes sealed files that no row names; asks where they are more than kills leave."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--sure", action="store_true", help="also where so many are without a row"
        )

    def handle(self, *args: Any, sure: bool, **options: Any) -> None:
        try:
            gone = sum(reap(folder, sure=sure) for folder in folders())
        except (StillWritten, TooManyOrphans) as error:
            raise CommandError(
                f"{error}. Is this the database that belongs to the store? Then: --sure"
            ) from error
        self.stdout.write(f"{gone} files without a row deleted")

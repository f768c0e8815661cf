"""Takes over the digital IDs that offices issued in the pilot. See docs/imports.md."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError, no_translations

from audit.services import Actor
from pilot.models import PilotImport, PilotImportState
from pilot.services import run_import
from population.imports.contract import BadFile
from population.imports.sources import source_of


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a path, or s3://bucket/key")

    @no_translations
    def handle(self, *, file: str, **_: object) -> None:
        try:
            source = source_of(file)
        except BadFile as problem:
            raise CommandError(str(problem)) from problem
        begun = PilotImport.objects.create(file_name=source.name)
        done = run_import(begun, source, actor=Actor.system("import_pilot"))
        if done.state == PilotImportState.FAILED:
            raise CommandError(done.message_in_words)
        self.stdout.write(
            f"{done.rows:,} rows read, {done.matched:,} matched with the register, "
            f"{done.differing:,} for officers, {done.already_there:,} already there, "
            f"{done.rejected:,} rejected"
        )

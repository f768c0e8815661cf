"""Takes over the digital IDs that offices issued in the pilot. See docs/imports.md."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from audit.services import Actor
from rollout.imports.contract import BadFile
from rollout.imports.sources import source_of
from rollout.pilot.models import PilotImport, PilotImportState
from rollout.pilot.services import carry_out


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a path, or s3://bucket/key")

    def handle(self, *, file: str, **_: object) -> None:
        try:
            source = source_of(file)
        except BadFile as problem:
            raise CommandError(str(problem)) from problem
        begun = PilotImport.objects.create(file_name=source.name)
        done = carry_out(begun, source, actor=Actor.system("import_pilot"))
        if done.state == PilotImportState.FAILED:
            raise CommandError(done.message)
        self.stdout.write(
            f"{done.rows:,} rows read, {done.matched:,} matched with the register, "
            f"{done.differing:,} for officers, {done.already_there:,} already there, "
            f"{done.rejected:,} rejected"
        )

"""Loads a file of the population register: CSV, CSV.gz or Parquet. See docs/imports.md."""

import time
from argparse import ArgumentParser
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import OperationalError

from audit.services import Actor
from population.imports import services
from population.imports.contract import BadFile
from population.imports.declaring import Declared
from population.imports.dry_run import try_out
from population.imports.missing import removes_nobody
from population.imports.sources import Source, source_of
from population.imports.staging import RegisterBusy
from population.models import ImportRun, RunState


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a path, or s3://bucket/key")
        parser.add_argument("--dry-run", action="store_true", help="check every row, load none")
        parser.add_argument("--resume", action="store_true", help="go on with what was interrupted")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--complete", action="store_true", help="whoever is not in the file counts as removed"
        )

        parser.add_argument("--rows", type=int, help="how many people its sender says it holds")
        parser.add_argument("--sha256", default="", help="the file's SHA-256, as its sender says")

    @no_translations
    def handle(self, *, file: str, dry_run: bool, **options: Any) -> None:
        self.started = time.monotonic()
        try:
            if dry_run:
                self.stdout.write(try_out(source_of(file)))
                return
            self._import(source_of(file), **options)
        except BrokenProcessPool as killed:
            raise CommandError("A worker was ended from outside. Resume the import.") from killed
        except OperationalError as lost:
            raise CommandError("The database went away. Resume the import later.") from lost
        except (BadFile, services.ImportRefused, RegisterBusy, OSError) as problem:
            raise CommandError(str(problem)) from problem

    def _import(
        self,
        file: Source,
        *,
        resume: bool,
        workers: int,
        complete: bool,
        rows: int | None,
        sha256: str,
        **_: object,
    ) -> None:
        declared = Declared(rows, sha256.lower())
        run = services.begin(file, complete=complete, resume=resume, declared=declared)
        actor = Actor.system("import_population")
        run = services.run_import(run, file, workers=workers, on_progress=self._tell, actor=actor)
        if run.state == RunState.FAILED:
            raise CommandError(run.message_in_words)
        if run.state == RunState.HELD:
            self.stdout.write("Two administrators have to agree, on the import's page.")
        if held := run.held_rows.count():
            self.stdout.write(f"Held for two administrators, as they have digital IDs: {held:,}")
        if run.complete and removes_nobody(run):
            self.stdout.write("Nobody is removed: lines without a readable number may be anybody.")
        self.stdout.write(
            f"{run.state}: {run.rows:,} rows read, {run.inserted:,} new, "
            f"{run.changed:,} changed, {run.unchanged:,} already there, {run.removed:,} no longer "
            f"there, {run.rejected:,} rejected"
        )

    def _tell(self, run: ImportRun) -> None:
        seconds = time.monotonic() - self.started
        share = min(1.0, run.bytes_done / max(1, run.file_bytes))
        left = seconds * (1 - share) / share if share else 0
        self.stdout.write(
            f"{run.rows:,} rows, {run.rows / seconds:,.0f} a second, {left:,.0f} s left"
        )

"""Carrying an import out in a test: in this process, with nobody told."""

from pathlib import Path

from audit.services import Actor
from population.imports import services
from population.imports.declaring import Declared
from population.imports.staging import REGISTER, digest_of
from population.models import ImportRun

ACTOR = Actor.system("test")


class Killed(BaseException):
    """What ends a process in the middle; nothing catches it."""


def bring_in(path: Path, *, complete: bool = False, resume: bool = False, **how) -> ImportRun:
    declared = Declared(len(path.read_bytes().splitlines()) - 1) if complete else Declared()
    run = services.begin(path, complete=complete, resume=resume, declared=declared)
    return services.run_import(run, path, workers=0, actor=ACTOR, **how)


def counts(run: ImportRun) -> dict[str, int]:
    """The counts that are not nought."""
    found = {name: getattr(run, name) for name in services.COUNTS}
    return {name: count for name, count in found.items() if count}


def digest_of_file(run: ImportRun) -> int:
    """The sum the ledger's chunks give, mod 2^64."""
    return int(sum(run.chunks.values_list("digest", flat=True))) % 2**64


def digest_of_register() -> int:
    return digest_of(REGISTER)


class KillAfter:
    """`on_progress` that ends the process after so many reports."""

    def __init__(self, reports: int) -> None:
        self.left = reports

    def __call__(self, run: ImportRun) -> None:
        self.left -= 1
        if self.left == 0:
            raise Killed

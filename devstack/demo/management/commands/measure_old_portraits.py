"""Ages portraits, looks for their faces as at first and with all tries, and prints Markdown."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from devstack.demo.measuring.portraits import Errors, first_try, measure, people
from devstack.demo.specimens.aged import SPECIES
from verification.faces.portraits import find_portrait_face

HEAD = (
    "| portrait | tries | found | FMR | FNMR, public | FNMR, demo | threshold above all impostors "
    "| FNMR there, public |\n|---|---|---|---|---|---|--:|---|"
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--photos", type=Path, help="pN_x.jpg, and films' frames in turns/")
        parser.add_argument("--species", nargs="*", default=list(SPECIES), choices=list(SPECIES))

    def handle(self, *, photos: Path | None, species: list[str], **_options: object) -> None:
        everybody = people(photos)
        self.stdout.write(HEAD)
        for name in species:
            aged = [SPECIES[name](person.portrait) for person in everybody]
            for tries, see in (("first", first_try), ("all", find_portrait_face)):
                errors = measure(everybody, aged, see)
                self.stdout.write(f"| {name} | {tries} | {_cells(errors)} |")


def _cells(errors: Errors) -> str:
    threshold, strictest = settings.MACHINE_THRESHOLDS["face_match"], errors.strictest()
    false_match, public = errors.at(threshold, "public")
    _, demo = errors.at(threshold, "demo")
    _, there = errors.at(strictest, "public")
    cells = (errors.found, false_match, public, demo, f"{strictest:.3f}", there)
    return " | ".join(map(str, cells))

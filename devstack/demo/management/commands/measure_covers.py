"""Draws masks, scarves and glasses on pictures of faces and prints what is told, as Markdown."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from devstack.demo.measuring.covers import look, shares


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", type=Path, nargs="*", help="photos, named PERSON_NUMBER.jpg")

    def handle(self, *, folders: list[Path], **_options: object) -> None:
        people: dict[str, list[Path]] = defaultdict(list)
        for folder in (settings.MODELS_DIR / "portraits", *folders):
            for path in sorted(Path(folder).glob("*.jpg")):
                people[f"{folder.name} {path.stem.split('_')[0]}"].append(path)
        self.stdout.write("| people | shown | told covered | people with any |\n|---|---|---|---|")
        for half, seen in look(people).items():
            for what, told in sorted(seen.items()):
                pictures, persons = shares(told)
                self.stdout.write(f"| {half} | {what} | {pictures} | {persons} |")

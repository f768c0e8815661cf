"""Compares all photos in a folder of person/photo files and says what each threshold would err."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from verification.faces.calibration import Scores
from verification.faces.engine import Embedding, embed, find_faces
from verification.faces.plot import curves
from verification.images import BadImage, decode

RATES = (1e-2, 1e-3, 1e-4)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--plot", type=Path, help="where to write the curves (SVG)")

    def handle(self, *, folder: Path, plot: Path | None, **_options: object) -> None:
        photos, left_out = read_folder(folder)
        scores = Scores.of(photos)
        if not len(scores.genuine) or not len(scores.impostor):
            raise CommandError(
                f"{folder}: two photos of one person and photos of two people are needed, in "
                "folders that are named for the people"
            )
        people = len({person for person, _ in photos})
        self.stdout.write(
            f"{len(photos)} photos of {people} people, {left_out} without a face left out; "
            f"{len(scores.genuine)} genuine and {len(scores.impostor)} impostor pairs. Genuine "
            f"cosines from {scores.genuine[0]:.3f}, impostor cosines to {scores.impostor[-1]:.3f}."
        )
        self.stdout.write("\n".join(["", *table(scores)]))
        if plot:
            threshold = settings.MACHINE_THRESHOLDS["face_match"]
            plot.write_text(curves(scores, threshold=threshold))


def read_folder(folder: Path) -> tuple[list[tuple[str, Embedding]], int]:
    """(person, embedding) of each photo, and how many photos show no face."""
    photos, left_out = [], 0
    for path in sorted(folder.glob("*/*")):
        try:
            picture = decode(path.read_bytes())
        except BadImage as error:
            raise CommandError(f"{path}: {error.message}") from error
        faces = find_faces(picture)
        if faces:
            photos.append((path.parent.name, embed(picture, faces[0])))
        left_out += not faces
    return photos, left_out


def table(scores: Scores) -> list[str]:
    """Lines of Markdown: the errors at the thresholds for each FMR, and at the chosen ones."""
    lines = ["| threshold | | FMR | FNMR |", "|--:|---|---|---|"]
    for rate in RATES:
        threshold = scores.threshold_at(rate)
        if threshold is None:
            lines.append(f"| - | FMR {rate:g} | fewer than {1 / rate:,.0f} impostor pairs | - |")
            continue
        false_match, false_non_match = scores.errors_at(threshold)
        lines.append(f"| {threshold:.3f} | FMR {rate:g} | {false_match} | {false_non_match} |")
    for name in ("face_match", "duplicate_face"):
        threshold = settings.MACHINE_THRESHOLDS[name]
        false_match, false_non_match = scores.errors_at(threshold)
        lines.append(f"| {threshold} | `{name}` | {false_match} | {false_non_match} |")
    return lines

"""Compares the faces in two pictures and prints the result as JSON."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from verification.faces.engine import Embedding, embed, find_faces, similarity
from verification.images import BadImage, decode


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=Path)
        parser.add_argument("second", type=Path)

    def handle(self, *, first: Path, second: Path, **_options: object) -> None:
        started = time.perf_counter()
        (one, box_one, count_one), (two, box_two, count_two) = map(largest_face, (first, second))
        likeness = similarity(one, two)
        threshold = settings.MACHINE_THRESHOLDS["face_match"]
        result = {
            "similarity": round(likeness, 4),
            "threshold": threshold,
            "decision": "same" if likeness >= threshold else "different",
            "boxes": [box_one, box_two],
            "faces": [count_one, count_two],
            "model": one.model,
            "seconds": round(time.perf_counter() - started, 3),
        }
        self.stdout.write(json.dumps(result, indent=2))


def largest_face(path: Path) -> tuple[Embedding, list[int], int]:
    """Embedding and box (left, top, right, bottom) of the largest face, and how many there are."""
    try:
        picture = decode(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except BadImage as error:
        raise CommandError(f"{path}: {error.message}") from error
    faces = find_faces(picture)
    if not faces:
        raise CommandError(f"{path}: no face was found in this picture")
    return embed(picture, faces[0]), [round(side) for side in faces[0].box], len(faces)

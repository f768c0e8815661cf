"""Reads the photos of a card's two sides and prints what stands on it as JSON."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.typing import Json
from verification.cards import CardSide, read_back, read_front
from verification.images import BadImage, decode
from verification.images.arrays import Picture
from verification.signs import seen


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("front", type=Path)
        parser.add_argument("back", type=Path, nargs="?")

    def handle(self, *, front: Path, back: Path | None, **_options: object) -> None:
        started = time.perf_counter()
        sides = {"front": side_of(front, read_front)}
        if back:
            sides["back"] = side_of(back, read_back)
        result: Json = {name: as_json(side) for name, side in sides.items()}
        result["seconds"] = round(time.perf_counter() - started, 3)
        self.stdout.write(json.dumps(result, indent=2, ensure_ascii=False))


def side_of(path: Path, read: Callable[[Picture], CardSide]) -> CardSide:
    """One side as read; a CommandError says what keeps it from being read at all."""
    try:
        side = read(decode(path.read_bytes()))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except BadImage as error:
        raise CommandError(f"{path}: {error.message}") from error
    if side.straight is None:
        code = side.problems[0]
        raise CommandError(f"{path}: this side of a Thai national ID card is not in it ({code})")
    return side


def as_json(side: CardSide) -> Json:
    fields = {
        name: {"value": field.value, "confidence": round(field.confidence, 3)}
        for name, field in side.fields.items()
    }
    scores = {
        "sharpness": round(side.sharpness, 3),
        "screen": round(side.screen_score, 3),
        "copy": round(side.copy_score, 3),
        "altered": round(side.altered_score, 3),
    }
    return {
        "fields": fields,
        "problems": list(side.problems),
        "contradictions": list(side.contradictions),
        "scores": scores,
        "signs": seen(side.signs),
    }

"""What Play Integrity would say for the sample app: a token over pictures that are handed in."""

import json
from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand

from devstack.demo.attesting import integrity_token
from registration.services.capturing import request_hash


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kit", type=Path, help="the folder that `specimen` wrote")
        parser.add_argument("challenge", type=UUID, help="its id")
        parser.add_argument("frames", type=Path, nargs="+", help="in the order they are sent in")

    def handle(self, *, kit: Path, challenge: UUID, frames: list[Path], **_options: object) -> None:
        key = json.loads((kit / "device.json").read_text())
        shown = [frame.read_bytes() for frame in frames]
        made_for = request_hash(challenge, key, (kit / "selfie.jpg").read_bytes(), shown)
        self.stdout.write(integrity_token(made_for))

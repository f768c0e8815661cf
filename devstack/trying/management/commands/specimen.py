"""Writes what one of the sample people has to hand in, as files: card, selfie, head movements, the
data to confirm, and the key of a device. docs/api.md sends them through the API.
"""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from joserfc.jwk import ECKey

from devstack.trying.people import sample_people
from devstack.trying.pictures import taken_now
from identity.person import FIELDS


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", choices=sample_people(), help="whose story: see /try/")
        parser.add_argument("folder", type=Path, help="where to; made if it is not there")

    def handle(self, *, person: str, folder: Path, **_options: object) -> None:
        sample, key = sample_people()[person], ECKey.generate_key("P-256")
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in taken_now(sample).items():
            (folder / f"{name}.jpg").write_bytes(content)
        data = {name: getattr(sample.person, name) for name in FIELDS}
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False, indent=2))
        (folder / "device.json").write_text(json.dumps(key.as_dict(private=False)))
        (folder / "device.pem").touch(mode=0o600)
        (folder / "device.pem").write_bytes(key.as_pem(private=True))
        self.stdout.write(f"{sample.name}: {sample.story.told}. {sample.story.outcome}")
        names = sorted(path.name for path in folder.iterdir())
        self.stdout.write(f"Written to {folder}: {', '.join(names)}")

"""Where the commands of the documents run: a database, files and a few people to speak of."""

import csv
import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from audit.heads import publish
from devstack.demo.population import write_population
from devstack.demo.specimens import camera, card, people
from devstack.demo.specimens.portraits import Portraits
from identity.passwords import hash_password
from scripts.check_deployment import MADE_UP
from tests.audit.tree.logs import entry_ids, sequenced, write, write_at
from tests.own_database import administer

FEW = 2000
OF_PLAYWRIGHT = "DJANGO_ALLOW_ASYNC_UNSAFE"  # set for tests with a browser; no deployment has it


def environment(database: str, folder: Path) -> dict[str, str]:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    plain = {name: said for name, said in os.environ.items() if name != OF_PLAYWRIGHT}
    return plain | {"DATABASE_URL": address, "DOPA_VAR_DIR": str(folder)}


@pytest.fixture
def db(transactional_db: None) -> None:
    """Here `db` is a database of the test's own: commands are processes, and commit."""


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest, document: str) -> tuple[dict, dict]:
    """The environment of a document's commands, and what its words stand for."""
    return request.getfixturevalue(f"world_of_{Path(document).stem.lower()}")


@pytest.fixture
def world_of_readme(tmp_path: Path) -> tuple[dict, dict]:
    """A card, a face twice, and a small register."""
    call_command("load_offices", verbosity=0)
    person = people.make_people(1, seed=9)[0]
    portraits = Portraits(Path(settings.MODELS_DIR) / "portraits")
    face = portraits.names(person.sex)[0]
    pictures = {
        "FRONT.jpg": camera.photograph(
            card.render_front(person, portraits.card_portrait(face)), seed=1
        ),
        "BACK.jpg": camera.photograph(card.render_back(person), seed=2),
        "A.jpg": portraits.selfie(face, seed=3),
        "B.jpg": portraits.selfie(face, seed=4),
    }
    for name, content in pictures.items():
        (tmp_path / name).write_bytes(content)
    write_population(tmp_path / "FILE.csv.gz", FEW)
    places = {name: str(tmp_path / name) for name in (*pictures, "FILE.csv.gz")}
    return environment(connection.settings_dict["NAME"], tmp_path), places


@pytest.fixture
def world_of_operations(tmp_path: Path) -> Iterator[tuple[dict, dict]]:
    """The settings of production on a database with nothing in it."""
    name = "dopa_documents"
    administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    administer(f'CREATE DATABASE "{name}"')
    yield environment(name, tmp_path) | MADE_UP, {}
    administer(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def world_of_imports(tmp_path: Path) -> tuple[dict, dict]:
    """Offices, and a pilot's file of somebody whom the register is going to hold."""
    call_command("load_offices", verbosity=0)
    write_population(tmp_path / "same.csv", FEW, broken=True)
    with (tmp_path / "same.csv").open() as rows:
        known = next(
            row for row in csv.DictReader(rows) if len(row["birth_date"]) == len("1981-02-12")
        )
    said = "number title_th first_name_th last_name_th birth_date office_code".split()
    line = {name: known[name] for name in said} | {
        "activated_on": "2021-05-04",
        "expires_on": "",
        "consent_version": "2020-10-01",
        "device_name": "",
        "password": hash_password("klong-toei 2564"),
    }
    with (tmp_path / "pilot.csv").open("w") as file:
        writer = csv.DictWriter(file, line)
        writer.writeheader()
        writer.writerow(line)
    places = {"FILE": str(tmp_path / "register.csv"), "PILOT": str(tmp_path / "pilot.csv")}
    return environment(connection.settings_dict["NAME"], tmp_path), places | dict.fromkeys(
        ("1000000", "60000000"), str(FEW)
    )


@pytest.fixture
def world_of_audit(tmp_path: Path) -> tuple[dict, dict]:
    """A log with a head, a month that is over, and a second head."""
    write(2)
    sequenced(2)
    publish()
    past = (timezone.localdate().replace(day=1) - datetime.timedelta(days=40)).replace(day=1)
    write_at(timezone.make_aware(datetime.datetime.combine(past, datetime.time(12))), 301)
    write(4)
    sequenced(307)
    publish()
    archive = tmp_path / "archive"
    archive.mkdir()
    places = {
        "5000000": "2",
        "4711": str(entry_ids()[0]),
        "/archive": str(archive),
        "2026-08": f"{past:%Y-%m}",
        "ROLE": "dopa_serving",  # devstack.embedded.postgres makes it where tests run
    }
    return environment(connection.settings_dict["NAME"], tmp_path), places

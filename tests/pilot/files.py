"""Files of the pilot, and the register that they are compared with."""

from pathlib import Path

from audit.services import Actor
from identity.numbers import number_key
from identity.passwords import hash_password
from identity.person import Person
from pilot.models import PilotImport
from pilot.services import run_import
from population.models import PopulationRecord
from tests.factories import PilotImportFactory
from tests.population.files import people, write

ACTOR = Actor.system("test")
PASSWORD = "klong-toei 2564"
HASHED = hash_password(PASSWORD)
COPIED = ("number", "title_th", "first_name_th", "last_name_th", "birth_date", "office_code")


def of_the_pilot(person: dict) -> dict:
    """The line of a pilot's file about somebody of the register."""
    return {name: person[name] for name in COPIED} | {
        "activated_on": "2021-05-04",
        "expires_on": "",
        "consent_version": "2020-10-01",
        "device_name": "Redmi 9",
        "password": HASHED,
    }


def register_with(rows: list[dict]) -> None:
    for row in rows:
        record = PopulationRecord(
            number_key=number_key(row["number"]),
            office_code=row["office_code"],
            status=row["status"],
            birth_year=int(row["birth_date"][:4]),
        )
        record.person = Person.from_json(row)
        record.save()


def known_people(count: int) -> list[dict]:
    """People with whole birth dates who are in the register now."""
    rows = [row | {"laser_code": ""} for row in people(count)]
    register_with(rows)
    return rows


def take_over(folder: Path, rows: list[dict]) -> PilotImport:
    path = write(folder / "pilot.csv", rows)
    return run_import(PilotImportFactory(), path, actor=ACTOR)

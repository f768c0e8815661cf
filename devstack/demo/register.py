"""The sample citizens' rows of the population register."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict

from devstack.demo.specimens.people import Person
from identity.numbers import laser_key, number_key
from identity.person import REGISTERED
from identity.person import Person as Registered
from population.models import PopulationRecord


def enter_in_register(people: Iterable[Person]) -> int:
    """Write one register row a person; those that are there already stay as they are."""
    rows = [_row(person) for person in people]
    PopulationRecord.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(person: Person) -> PopulationRecord:
    known = asdict(person)
    record = PopulationRecord(
        number_key=number_key(person.number),
        laser_key=laser_key(person.laser_code),
        office_code=person.office_code,
        birth_year=datetime.date.fromisoformat((person.birth_date + "-01-01")[:10]).year,
    )
    record.person = Registered(**{name: known[name] for name in REGISTERED})
    return record

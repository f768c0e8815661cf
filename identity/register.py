"""Compares what a citizen confirmed with the population register."""

import uuid
from dataclasses import dataclass

from identity.models import PopulationRecord, RegisterStatus
from identity.numbers import laser_key, number_key
from identity.person import FIELDS, NOBODY, REGISTERED, Person, differing


@dataclass(frozen=True)
class RegisterAnswer:
    """`found` and `alive` say whether the person is there; `differing` names the fields that
    differ; `person` is what the register says, with what it does not hold left empty.
    """

    found: bool
    alive: bool = False
    differing: tuple[str, ...] = ()
    office_code: str = ""
    person: Person = NOBODY

    @property
    def agrees(self) -> bool:
        return self.found and self.alive and not self.differing

    def holds(self, name: str) -> bool:
        """Whether the register says something of a field. No last name is an answer as well."""
        if not self.found or name not in REGISTERED:
            return False
        return bool(getattr(self.person, name)) or not FIELDS[name].required


NOT_FOUND = RegisterAnswer(found=False)


def ask_register(confirmed: Person) -> RegisterAnswer:
    """Look the confirmed person up by number and compare what the register holds of it."""
    record = PopulationRecord.objects.filter(number_key=number_key(confirmed.number)).first()
    if record is None:
        return NOT_FOUND
    answer = answer_of(record)
    held = tuple(name for name in REGISTERED if answer.holds(name))
    differ = differing(answer.person, confirmed, held)
    if record.laser_key is not None and record.laser_key != laser_key(confirmed.laser_code):
        differ += ("laser_code",)
    return RegisterAnswer(
        found=True,
        alive=answer.alive,
        differing=differ,
        office_code=record.office_code,
        person=answer.person,
    )


def answer_of(record: PopulationRecord) -> RegisterAnswer:
    return RegisterAnswer(
        found=True,
        alive=record.status == RegisterStatus.ALIVE,
        office_code=record.office_code,
        person=record.person,
    )


def registered_person(key: uuid.UUID | None) -> RegisterAnswer:
    """What the register holds under a number's key, for an officer who compares and for issuing."""
    record = PopulationRecord.objects.filter(number_key=key).first() if key else None
    return NOT_FOUND if record is None else answer_of(record)

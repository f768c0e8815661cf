"""Compares what a citizen confirmed with the population register."""

import uuid
from dataclasses import dataclass, replace

from identity.numbers import laser_key, number_key
from identity.person import FIELDS, NOBODY, REGISTERED, Person, RegisterStatus, differing
from population.models import PopulationRecord


@dataclass(frozen=True)
class RegisterAnswer:
    """`found` and `alive` say whether the person is there; `differing` names the fields that
    differ; `person` is what the register says, with what it does not hold left empty, and
    `laser_key` the hash of the code on the back.
    """

    found: bool
    alive: bool = False
    differing: tuple[str, ...] = ()
    office_code: str = ""
    person: Person = NOBODY
    laser_key: uuid.UUID | None = None

    @property
    def agrees(self) -> bool:
        return self.found and self.alive and not self.differing

    def has_code(self, code: str) -> bool | None:
        """Whether this is the code on the back of the person's card; None where none is known."""
        return None if self.laser_key is None else self.laser_key == laser_key(code)

    def holds(self, name: str) -> bool:
        """Whether the register says something of a field. No last name is an answer as well."""
        if not self.found or name not in REGISTERED:
            return False
        if getattr(self.person, name):
            return True
        # Neither last name is an answer; one in one language alone leaves the other unsaid.
        nameless = not (self.person.last_name_th or self.person.last_name_en)
        return not FIELDS[name].required and nameless


NOT_FOUND = RegisterAnswer(found=False)


def ask_register(confirmed: Person) -> RegisterAnswer:
    """Look the confirmed person up by number and compare what the register holds of it."""
    record = PopulationRecord.objects.filter(number_key=number_key(confirmed.number)).first()
    if record is None:
        return NOT_FOUND
    answer = answer_of(record)
    held = tuple(name for name in REGISTERED if answer.holds(name))
    differ = differing(answer.person, confirmed, held)
    if answer.has_code(confirmed.laser_code) is False:
        differ += ("laser_code",)
    return replace(answer, differing=differ)


def answer_of(record: PopulationRecord) -> RegisterAnswer:
    return RegisterAnswer(
        found=True,
        alive=record.status == RegisterStatus.ALIVE,
        office_code=record.office_code,
        person=record.person,
        laser_key=record.laser_key,
    )


def registered_person(key: uuid.UUID | None) -> RegisterAnswer:
    """What the register holds under a number's key, for an officer who compares and for issuing."""
    record = PopulationRecord.objects.filter(number_key=key).first() if key else None
    return NOT_FOUND if record is None else answer_of(record)

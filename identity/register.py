"""Compares what a citizen confirmed with the population register."""

import unicodedata
import uuid
from dataclasses import dataclass

from identity.models import PopulationRecord, RegisterStatus
from identity.numbers import laser_key, number_key

COMPARED = (
    "title_th",
    "first_name_th",
    "last_name_th",
    "first_name_en",
    "last_name_en",
    "birth_date",
)


@dataclass(frozen=True)
class RegisterAnswer:
    """`found` and `alive` say whether the person is there; `differing` names the fields that
    differ.
    """

    found: bool
    alive: bool = False
    differing: tuple[str, ...] = ()
    office_code: str = ""

    @property
    def agrees(self) -> bool:
        return self.found and self.alive and not self.differing


def ask_register(confirmed: dict) -> RegisterAnswer:
    """Look the confirmed person up by number and compare names, birth date and laser code.

    `confirmed` has `number`, `laser_code` and the fields of COMPARED; dates are ISO, partial ones
    (`1952`, `1952-03`) where the card leaves day or month open. Nothing of the register is
    returned.
    """
    record = PopulationRecord.objects.filter(number_key=number_key(confirmed["number"])).first()
    if record is None:
        return RegisterAnswer(found=False)
    person = record.person
    differing = [
        field for field in COMPARED if folded(person.get(field)) != folded(confirmed.get(field))
    ]
    if record.laser_key is not None and record.laser_key != laser_key(confirmed["laser_code"]):
        differing.append("laser_code")
    return RegisterAnswer(
        found=True,
        alive=record.status == RegisterStatus.ALIVE,
        differing=tuple(differing),
        office_code=record.office_code,
    )


def registered_person(key: uuid.UUID) -> dict:
    """What the register holds under a number's key, for an officer who compares; {} if nothing."""
    record = PopulationRecord.objects.filter(number_key=key).first()
    return record.person if record else {}


def folded(text: str | None) -> str:
    """Compare letters, not typing: one form of each character, one space, no case."""
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())

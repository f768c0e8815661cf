"""Compares people of the pilot with the population register."""

import uuid
from collections.abc import Iterable, Iterator

from identity.models import LIVE, DigitalID, PopulationRecord, RegisterStatus
from identity.register import folded
from rollout.pilot.models import Difference

AT_ONCE = 2000
COMPARED_NAMES = ("first_name_th", "last_name_th")  # a title changes with age and marriage


class Register:
    """What the register and the issued digital IDs say about some people, asked for at once."""

    def __init__(self, keys: Iterable[uuid.UUID]) -> None:
        wanted = list(keys)
        self.records = PopulationRecord.objects.in_bulk(wanted)
        live = DigitalID.objects.filter(number_key__in=wanted, status__in=LIVE)
        self.registered = set(live.values_list("number_key", flat=True))

    def person(self, key: uuid.UUID) -> dict:
        """Number, names and birth date, or {} for somebody the register does not have."""
        record = self.records.get(key)
        return record.person if record else {}

    def difference(self, key: uuid.UUID, person: dict) -> str:
        """A value of Difference, or "" when everything agrees; the gravest comes first."""
        record = self.records.get(key)
        if record is None:
            return Difference.NOT_IN_REGISTER
        if record.status != RegisterStatus.ALIVE:
            return Difference.NOT_ALIVE
        if key in self.registered:
            return Difference.REGISTERED
        known = record.person
        if any(folded(known.get(name)) != folded(person.get(name)) for name in COMPARED_NAMES):
            return Difference.NAME
        return "" if known["birth_date"] == person["birth_date"] else Difference.BIRTH_DATE


def in_batches(rows: list) -> Iterator[list]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]

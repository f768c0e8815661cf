"""Any single byte of an entry: each is changed once, as a superuser with the triggers off could."""

from collections.abc import Iterator

import pytest
from django.db import DataError

from audit.actions import Action
from audit.heads import publish
from audit.inspection import inspect
from audit.models import Entry
from audit.services import Actor, record
from tests.audit.tree.logs import sequenced, tamper, write
from tests.factories import OfficeFactory

pytestmark = pytest.mark.usefixtures("db")
TEXTS = (
    "action", "actor_kind", "actor_id", "role", "office",
    "subject_type", "subject_id", "reason", "request_id", "address_class",
)  # fmt: skip
DETAILS = "details = overlay(details::text placing '7' from {place} for 1)::jsonb"


def changed_texts(entry: Entry) -> Iterator[str]:
    """Each character of each text becomes another; each text becomes longer."""
    for column in TEXTS:
        for place in range(1, len(getattr(entry, column)) + 1):
            yield f"{column} = overlay({column} placing 'ฮ' from {place} for 1)"
        if len(getattr(entry, column)) < entry._meta.get_field(column).max_length:
            yield f"{column} = {column} || 'x'"


def changed_bits(entry: Entry) -> Iterator[str]:
    """One bit of each byte of the MAC, each bit of the numbers and of the time."""
    yield from (f"mac = set_byte(mac, {place}, get_byte(mac, {place}) # 1)" for place in range(16))
    yield from (f"at = at + interval '{1 << bit} microseconds'" for bit in range(0, 48, 2))
    for column in ("id", "transaction_id"):
        yield from (f"{column} = {column} # (1::bigint << {bit})" for bit in range(0, 62, 2))


def changed_details(entry: Entry) -> Iterator[str]:
    return (DETAILS.format(place=place) for place in range(1, len(str(entry.details)) + 1))


@pytest.fixture
def entry() -> Entry:
    """An entry with something in nearly each column, between two others, under a head."""
    write(1)
    actor = Actor.system("byte by byte")
    words = {"reason": "เหตุผล", "nth": 1, "text": "ข้อความ"}
    written = record(Action.CASE_VIEWED, OfficeFactory(), actor=actor, **words)
    write(1)
    sequenced(3)
    publish()
    tamper("CREATE TABLE kept AS SELECT * FROM audit_entry")
    return written


def is_named(entry: Entry, change: str) -> bool:
    """Whether the walk names the entry after `change`, which is then taken back."""
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", (entry.pk,))  # noqa: S608
    named = {finding.entry_id for finding in inspect()}
    tamper("DELETE FROM audit_entry; INSERT INTO audit_entry SELECT * FROM kept")
    return entry.pk in named


@pytest.mark.parametrize("of", [changed_texts, changed_bits])
def test_a_change_of_any_byte_is_named(entry, of):
    changes = list(of(entry))
    assert [change for change in changes if not is_named(entry, change)] == []
    assert list(inspect()) == []


def test_a_change_of_any_byte_of_the_details_is_named_or_no_json(entry):
    named = 0
    for change in changed_details(entry):
        try:
            named += is_named(entry, change)
        except DataError:  # the database itself takes nothing that is no JSON
            tamper("SELECT 1")
    values = "nth 1textข้อความ"  # with the blank, which becomes a digit of the number
    assert [named, list(inspect())] == [len(values), []]

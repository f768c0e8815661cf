"""What lies in the database, read as it is: the entries of leaves, and those beside the tree."""

from collections.abc import Iterator
from typing import NamedTuple

import psycopg
from django.db import connection

from audit.canonical import LEAF_SQL, SEPARATOR, SEPARATORS, mac
from audit.keys import entry_keys
from audit.merkle import leaf_hash
from audit.models import Cursor

# The columns are our own; values come as parameters.
BY_NUMBER = f"SELECT id, transaction_id, mac, {LEAF_SQL} FROM audit_entry WHERE id = ANY(%s)"  # noqa: S608
PENDING = f"""
    SELECT id, transaction_id, mac, {LEAF_SQL} FROM audit_entry
    WHERE (transaction_id, id) > (%s, %s) AND id > %s ORDER BY transaction_id, id
"""  # noqa: S608
PLACED = "SELECT count(*) FROM audit_entry WHERE (transaction_id, id) <= (%s, %s) OR id <= %s"
WITHOUT_PLACE = """
    SELECT id FROM audit_entry
    WHERE ((transaction_id, id) <= (%s, %s) OR id <= %s)
      AND id NOT IN (SELECT unnest(entry_ids) FROM audit_tile WHERE level = 0)
    ORDER BY transaction_id, id
"""
UNIT = SEPARATOR.encode()


class Stored(NamedTuple):
    """An entry as it is found now. A tuple, as a walk makes one for each entry."""

    entry_id: int
    transaction_id: int
    mac: bytes
    data: bytes

    @property
    def hash(self) -> bytes:
        return leaf_hash(self.data)

    def is_genuine(self) -> bool:
        """Whether the portal wrote it so: its MAC is right under one of the portal's keys."""
        if self.data.count(UNIT) != SEPARATORS:
            return False
        covered = self.data.rpartition(UNIT)[0]
        return any(mac(key, covered) == self.mac for key in entry_keys())


def entries_numbered(numbers: list[int]) -> Iterator[Stored]:
    connection.ensure_connection()
    # Django's own cursors ask for text, in which every byte of a leaf takes two.
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(BY_NUMBER, [numbers], binary=True)
        yield from map(Stored._make, cursor)


def pending(place: Cursor) -> Iterator[Stored]:
    """Entries that wait for their place."""
    with connection.cursor() as cursor:
        cursor.execute(PENDING, [place.transaction, place.entry, place.floor_entry])
        for row in cursor:
            yield Stored(*row)


def count_placed(place: Cursor) -> int:
    """How many entries lie where only entries with a place can."""
    with connection.cursor() as cursor:
        cursor.execute(PLACED, [place.transaction, place.entry, place.floor_entry])
        count: int = cursor.fetchone()[0]
    return count


def without_place(place: Cursor) -> list[int]:
    """The numbers of entries that lie among those with a place and have none."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_PLACE, [place.transaction, place.entry, place.floor_entry])
        return [row[0] for row in cursor.fetchall()]

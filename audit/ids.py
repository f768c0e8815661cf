"""Numbers for entries, known before the INSERT, so that an entry's MAC covers its own number.

The sequence counts in steps of BLOCK: one `nextval` reserves a block, so that a process asks the
database once in BLOCK entries and no entry waits for another. Unused numbers are lost, and gaps
mean nothing.
"""

import os
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

BLOCK = 32

# Connections belong to one thread each, and so do their blocks: numbers rise within a transaction.
_blocks: WeakKeyDictionary[BaseDatabaseWrapper, Iterator[int]] = WeakKeyDictionary()


def take() -> int:
    """The next free number on this thread's connection."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()  # a new session forgets the block before it is used
    number = next(_blocks.get(connection, iter(())), None)
    if number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_catalog.nextval('audit_entry_id_seq')")
            number = int(cursor.fetchone()[0])
        _blocks[connection] = iter(range(number + 1, number + BLOCK))
    return number


def _forget(connection: BaseDatabaseWrapper, **_: object) -> None:
    """A new session may be one with another database: the old block is not ours there."""
    _blocks.pop(connection, None)


connection_created.connect(_forget, dispatch_uid="audit.ids")
# A forked child would hand out the same numbers as its parent.
os.register_at_fork(after_in_child=_blocks.clear)

"""A log for tests, and hands that tamper with it as the owner of the database could."""

import datetime
import time

from django.db import connection

from audit.actions import Action
from audit.models import Entry
from audit.sequencer import sequence_all
from audit.services import Actor, _insert, record
from audit.tiles import tree_size

SYSTEM = Actor.system("test")


def write(number: int) -> list[Entry]:
    """Entries that are committed one by one."""
    return [record(Action.CASE_SEARCHED, None, actor=SYSTEM, nth=nth) for nth in range(number)]


def sequenced(size: int) -> None:
    """Sequence up to `size` leaves. Others' transactions in the cluster may hold us up a while."""
    deadline = time.monotonic() + 30
    while tree_size() < size and time.monotonic() < deadline:
        if not sequence_all():
            time.sleep(0.02)
    assert tree_size() == size


def tamper(statement: str, parameters: tuple = ()) -> None:
    """Run a statement as a superuser who switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("RESET session_replication_role")


def entry_ids() -> list[int]:
    """The entries in the order of the tree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(entry_ids) FROM audit_tile WHERE level = 0 ORDER BY number")
        return [row[0] for row in cursor.fetchall()]


def write_at(at: datetime.datetime, number: int) -> list[Entry]:
    """Genuine entries, as the portal would have written them at another time."""
    values = {
        "at": at,
        "action": Action.CASE_SEARCHED.value,
        "actor_kind": SYSTEM.kind.value,
        "actor_id": SYSTEM.id,
        **dict.fromkeys(
            ("role", "office", "subject_type", "subject_id", "reason", "request_id"), ""
        ),
        "address_class": "",
    }
    return [_insert(values | {"details": {"nth": nth}}) for nth in range(number)]

"""Who waits for whom. Bookings at an office go on beside each other; a change of its hours is
alone with them. Offices come before networks, appointments and slots, always in this order.
"""

from collections.abc import Iterable

from django.db import connection

OFFICE, NETWORK = 0xA990, 0xA991  # the first halves of the advisory locks


def beside_each_other(offices: Iterable[str]) -> None:
    for code in sorted(set(offices)):
        _lock("pg_advisory_xact_lock_shared(%s, %s)", OFFICE, int(code))


def alone(office: str) -> None:
    _lock("pg_advisory_xact_lock(%s, %s)", OFFICE, int(office))


def one_of_network(origin: str) -> None:
    """Counting what a network has and adding to it is for one at a time."""
    _lock("pg_advisory_xact_lock(%s, hashtext(%s))", NETWORK, origin)


def _lock(call: str, of: int, what: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", [of, what])

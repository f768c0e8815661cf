"""How often a secret may be guessed, so that guessing is slow and locks nobody out.

Tries are counted by account and by whence they come (OWASP's device cookies are the pattern). A
device that was let in before has a count of its own: whoever guesses elsewhere cannot keep it out.
An address that was never let in has one too, and all of those together have another: a thousand
addresses get no thousand times the tries.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.utils import timezone

from core.encryption import lookup_key
from core.guard.models import Tries
from core.origin import client_address, network_of

FORGOTTEN_AFTER = timedelta(days=1)
EVERYWHERE = "everywhere"
MOST_DOUBLINGS = 20


@dataclass(frozen=True)
class Door:
    """Where a secret is asked for. `free` tries by one origin and `anywhere` by all strangers, then
    each further one doubles the pause, from a minute to `longest`.
    """

    name: str
    free: int
    anywhere: int
    longest: timedelta

    def pause(self, beyond: int) -> timedelta:
        return min(timedelta(minutes=2 ** min(beyond, MOST_DOUBLINGS)), self.longest)


@dataclass(frozen=True)
class Origin:
    """Whence somebody tries; `known`, where the account was opened from there before."""

    name: str
    known: bool = False


def origin_of_address(request: HttpRequest) -> Origin:
    """The network of one subscriber, as limits count it."""
    return Origin(f"address:{network_of(client_address(request))}")


@dataclass(frozen=True)
class Tried:
    """`together`: how many of those that count together; `pauses`: the next one has to wait."""

    together: int
    pauses: bool


@transaction.atomic
def count_try(door: Door, account: str, origin: Origin) -> Tried | None:
    """Count one more try, before the secret is looked at, so that parallel guesses count as well.

    None where it must not be tried now.
    """
    now = timezone.now()
    counts = _counts(door, account, origin)
    key = _account(door, account)
    Tries.objects.bulk_create(
        [Tries(account=key, origin=one) for one in counts], ignore_conflicts=True
    )
    rows = Tries.objects.select_for_update().filter(account=key, origin__in=counts)
    found = {row.origin: row for row in rows.order_by("origin")}
    if any(row.locked_until and row.locked_until > now for row in found.values()):
        return None
    mine, *strangers = (found[one] for one in counts)
    _count(mine, door, door.free, since=now)
    for row in strangers:
        _count(row, door, door.anywhere, since=row.since)  # a steady drip is forgotten, too
    widest = (mine, *strangers)[-1]
    return Tried(widest.tries, any(row.locked_until for row in found.values()))


def take_back(door: Door, account: str, origin: Origin) -> None:
    """The try just counted was right. Earlier wrong ones stay counted."""
    Tries.objects.filter(
        account=_account(door, account), origin__in=_counts(door, account, origin)
    ).update(tries=Greatest(F("tries") - 1, 0), locked_until=None)


def forget(door: Door, account: str, origin: Origin) -> None:
    """Whoever tries from here is the owner; what was guessed elsewhere stays counted."""
    mine = Tries.objects.filter(account=_account(door, account))
    mine.filter(origin=_origin(door, account, origin.name)).delete()


def forget_all(door: Door, account: str) -> None:
    Tries.objects.filter(account=_account(door, account)).delete()


def locked_until(door: Door, account: str) -> datetime | None:
    """The latest end of a pause that some origin has to keep, or None."""
    mine = Tries.objects.filter(account=_account(door, account), locked_until__gt=timezone.now())
    latest: datetime | None = mine.aggregate(latest=Max("locked_until"))["latest"]
    return latest


def _count(row: Tries, door: Door, limit: int, *, since: datetime) -> None:
    now = timezone.now()
    over = row.since < now - FORGOTTEN_AFTER - door.longest
    row.tries = 1 if over else row.tries + 1
    row.since = now if over else since
    beyond = row.tries - limit
    row.locked_until = now + door.pause(beyond) if beyond >= 0 else None
    row.save(update_fields=["tries", "since", "locked_until"])


def _counts(door: Door, account: str, origin: Origin) -> list[uuid.UUID]:
    """Those that a try belongs to: the origin's, then that of all strangers."""
    names = [origin.name] if origin.known else [origin.name, EVERYWHERE]
    return [_origin(door, account, name) for name in names]


def _account(door: Door, account: str) -> uuid.UUID:
    return lookup_key(f"{door.name}\n{account}", kind="tries.account")


def _origin(door: Door, account: str, origin: str) -> uuid.UUID:
    return lookup_key(f"{door.name}\n{account}\n{origin}", kind="tries.origin")

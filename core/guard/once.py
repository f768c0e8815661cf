"""What may happen once is a row of PostgreSQL, found by its unique key: Redis may be wiped, or be
set back to what it was an hour ago, and nothing is forgotten by that.
"""

import uuid
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from core.encryption import lookup_key
from core.guard.models import Once

CLAIM = """
    INSERT INTO guard_once (key, subject, expires_at) VALUES (%s, NULL, %s)
    ON CONFLICT (key) DO NOTHING
"""
REDEEM = "DELETE FROM guard_once WHERE key = %s AND expires_at > %s RETURNING subject"


def claim(kind: str, what: str, *, keep: timedelta) -> bool:
    """Whether `what` happens for the first time; of several at one moment, one is told so.

    `keep` is how long it could be tried again: afterwards something else has to refuse it.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [_key(kind, what), timezone.now() + keep])
        return bool(cursor.rowcount)


def issue(kind: str, secret: str, subject: uuid.UUID, *, lasts: timedelta) -> None:
    """Let `secret` lead to `subject` once."""
    Once.objects.create(key=_key(kind, secret), subject=subject, expires_at=timezone.now() + lasts)


def redeem(kind: str, secret: str) -> uuid.UUID | None:
    """What the secret leads to, the first time; None for one that is used, too old, or made up."""
    with connection.cursor() as cursor:
        cursor.execute(REDEEM, [_key(kind, secret), timezone.now()])
        row = cursor.fetchone()
    return row[0] if row else None


def is_issued(kind: str, secret: str) -> bool:
    """Whether the secret would lead somewhere now."""
    return Once.objects.filter(pk=_key(kind, secret), expires_at__gt=timezone.now()).exists()


def was_claimed(kind: str, what: str) -> bool:
    return Once.objects.filter(pk=_key(kind, what)).exists()


def _key(kind: str, what: str) -> uuid.UUID:
    return lookup_key(f"{kind}\n{what}", kind="once")

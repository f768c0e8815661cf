"""Few tries at an officer's door, then growing pauses. Kept in the database: Redis may be wiped."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from offices.models import Officer, SignInTries

FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic
def count_try(email: str) -> bool:
    """Count one more try under this address; False when it is locked and must not be tried."""
    now = timezone.now()
    key = _key(email)
    SignInTries.objects.get_or_create(login_key=key)
    row = SignInTries.objects.select_for_update().get(login_key=key)
    if row.locked_until and row.locked_until > now:
        return False
    row.tries = 1 if row.last_at < now - FORGOTTEN_AFTER else row.tries + 1
    row.last_at = now
    beyond = row.tries - settings.STAFF_FREE_TRIES
    row.locked_until = now + _pause(beyond) if beyond >= 0 else None
    row.save()
    if row.locked_until:
        officer = Officer.objects.filter(email=email.strip().lower()).first()
        record(Action.OFFICER_LOCKED_OUT, officer, actor=Actor.anonymous(), tries=row.tries)
    return True


def take_back_try(email: str) -> None:
    """This one was right. Earlier wrong ones stay counted until the whole sign-in is done."""
    SignInTries.objects.filter(login_key=_key(email)).update(
        tries=Greatest(F("tries") - 1, 0), locked_until=None
    )


def forget_tries(email: str) -> None:
    SignInTries.objects.filter(login_key=_key(email)).delete()


def locked_until(officer: Officer):
    """The end of the pause under this officer's address, or None."""
    row = SignInTries.objects.filter(
        login_key=_key(officer.email), locked_until__gt=timezone.now()
    ).first()
    return row.locked_until if row else None


def _pause(beyond: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(beyond, 10)), settings.STAFF_LONGEST_LOCK)


def _key(email: str):
    return lookup_key(email.strip().lower(), kind="sign-in")

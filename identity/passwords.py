"""The citizen's password: Argon2id, few tries, growing pauses."""

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.templatetags.thai import BUDDHIST_OFFSET
from identity.models import DigitalID, NoticeKind
from identity.notifications import notify_holder

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 128
FREE_TRIES = 5
FEWEST_DIFFERENT = 4
REVEALING_DIGITS = 6
COMMON = frozenset(
    "password password1 passw0rd qwertyui qwerty123 iloveyou 11223344 12341234 a1234567 abc12345 "
    "1q2w3e4r thailand thailand1 sawasdee".split()
)
_hasher = PasswordHasher()


class PasswordRefused(Exception):
    """Wrong, or not to be tried now; the message is for the citizen."""


def check_strength(password: str, *, number: str = "", birth_date: str = "") -> None:
    """Length, some variety, and nothing that stands on the card (NIST SP 800-63B)."""
    if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
        raise ValidationError(
            _("Use 8 to 128 characters: letters, numbers and signs as you like."),
            code="password_length",
        )
    monotonous = len(set(password)) < FEWEST_DIFFERENT or password in "01234567890123456789"  # noqa: S105 - a run of digits
    if monotonous or password.lower() in COMMON:
        raise ValidationError(
            _("This password is too easy to guess. Please choose another."),
            code="password_too_easy",
        )
    digits = "".join(letter for letter in password if letter.isdigit())
    on_card = [number, *_spellings(birth_date)]
    if len(digits) >= REVEALING_DIGITS and any(
        known in digits or digits in known for known in on_card if known
    ):
        raise ValidationError(
            _("Please choose a password that does not contain numbers from your card."),
            code="password_on_card",
        )


def _spellings(birth_date: str) -> list[str]:
    """A whole birth date as people type it: either calendar, year or day first."""
    if len(birth_date) != len("2000-01-01"):
        return []
    year, month, day = birth_date.split("-")
    years = (year, str(int(year) + BUDDHIST_OFFSET))
    return [spelling for one in years for spelling in (one + month + day, day + month + one)]


def hash_password(password: str) -> str:
    return _hasher.hash(password)


@cache
def nobodys_password() -> str:
    """A hash that costs a stranger's try what a holder's costs."""
    return hash_password("nobody's password")


def verify_password(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def try_password(digital_id: DigitalID, password: str) -> None:
    """Raises PasswordRefused. Each try is an entry of the log."""
    locked = _with_the_try_counted(digital_id)
    if locked is None:
        record(Action.DIGITAL_ID_UNLOCK_FAILED, digital_id, actor=Actor.anonymous(), paused=True)
        raise PasswordRefused(_("Too many wrong tries. Please wait a while and try again."))
    if not verify_password(locked.password, password):
        _note_failure(locked)
        raise PasswordRefused(_("The password is not right."))
    holder = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    with transaction.atomic():
        DigitalID.objects.filter(pk=digital_id.pk).update(failed_attempts=0, locked_until=None)
        record(Action.DIGITAL_ID_UNLOCKED, digital_id, actor=holder)


@transaction.atomic
def _note_failure(tried: DigitalID) -> None:
    """The holder is told once, when the first pause begins, however long somebody goes on."""
    record(Action.DIGITAL_ID_UNLOCK_FAILED, tried, actor=Actor.anonymous(), paused=False)
    if tried.failed_attempts == FREE_TRIES:
        notify_holder(tried, NoticeKind.UNLOCKS_FAILED)


@transaction.atomic
def _with_the_try_counted(digital_id: DigitalID) -> DigitalID | None:
    """Count the try before the slow hash is computed, so that parallel guesses count as well. None
    while there has to be a pause.
    """
    locked = DigitalID.objects.select_for_update().get(pk=digital_id.pk)
    now = timezone.now()
    if locked.locked_until and locked.locked_until > now:
        return None
    locked.failed_attempts += 1
    beyond = locked.failed_attempts - FREE_TRIES
    if beyond >= 0:
        locked.locked_until = now + timedelta(minutes=min(2**beyond, 24 * 60))
    locked.save(update_fields=["failed_attempts", "locked_until"])
    return locked

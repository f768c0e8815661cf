"""The citizen's password: Argon2id, few tries from one place, growing pauses.

Every page that asks for it counts together, and by whence: a bound device has tries of its own, so
that nobody who guesses elsewhere keeps the holder out.
"""

import uuid
from collections.abc import Iterable
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
from core.easy_passwords import TOO_EASY, is_easy
from core.easy_pins import digits_of_date
from core.guard.tries import Door, Origin, Tried, count_try, forget, take_back
from identity.models import DigitalID, NoticeKind
from identity.notifications import notify_holder
from identity.person import Person
from identity.short_ways import end_short_ways

MINIMUM_LENGTH = 8
MAXIMUM_LENGTH = 128
FREE_TRIES, FREE_TRIES_ANYWHERE = 5, 50
DOOR = Door("password", FREE_TRIES, FREE_TRIES_ANYWHERE, timedelta(days=1))
REVEALING_DIGITS = 6
OF_DEVICE = "device:"  # before its id, in the name of an origin
NAMES = ("first_name_th", "last_name_th", "first_name_en", "last_name_en")
DIFFERENT = _("The two passwords are not the same.")
PAUSED = _("Too many wrong tries. Please wait a while and try again.")
_hasher = PasswordHasher()


class PasswordRefused(Exception):
    """Wrong, or not to be tried now; the message is for the citizen."""


class PasswordPaused(PasswordRefused):
    """Not to be tried now, from there."""


def check_strength(
    password: str, *, number: str = "", birth_date: str = "", names: Iterable[str] = ()
) -> None:
    """Length, nothing that many people use, and nothing that stands on the card (NIST SP 800-63B,
    3.1.1.2).
    """
    if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
        raise ValidationError(
            _("Use 8 to 128 characters: letters, numbers and signs as you like."),
            code="password_length",
        )
    digits = "".join(letter for letter in password if letter.isdigit())
    on_card = [number, *digits_of_date(birth_date)]
    if len(digits) >= REVEALING_DIGITS and any(
        known in digits or digits in known for known in on_card if known
    ):
        raise ValidationError(
            _("Please choose a password that does not contain numbers from your card."),
            code="password_on_card",
        )
    if is_easy(password, about=names):
        raise ValidationError(TOO_EASY, code="password_too_easy")


def check_choice(password: str, *, person: Person) -> None:
    """The same of the person whose password it is to be."""
    names = (getattr(person, name) for name in NAMES)
    check_strength(password, number=person.number, birth_date=person.birth_date, names=names)


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


def try_password(digital_id: DigitalID, password: str, *, origin: Origin) -> None:
    """Raises PasswordRefused. Each try is an entry of the log."""
    account = digital_id.number_key.hex
    tried = count_try(DOOR, account, origin)
    if tried is None:
        record(
            Action.DIGITAL_ID_UNLOCK_FAILED,
            digital_id,
            actor=Actor.anonymous(),
            paused=True,
            **_device(origin),
        )
        raise PasswordPaused(PAUSED)
    if not verify_password(digital_id.password, password):
        note_failure(digital_id, tried, origin)
        raise PasswordRefused(_("The password is not right."))
    holder = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    with transaction.atomic():
        forgive(digital_id.number_key, origin)
        record(Action.DIGITAL_ID_UNLOCKED, digital_id, actor=holder, **_device(origin))


def _device(origin: Origin) -> dict[str, str]:
    """Which of the holder's devices it was; of an address the log is told nothing."""
    return {"device": origin.name.removeprefix(OF_DEVICE)} if origin.known else {}


def change_password(
    digital_id: DigitalID, *, password: str, first: str, second: str, origin: Origin
) -> None:
    """Open it by another one from now on; `password` is the present one, tried as at any door.

    Whatever was unlocked by the former is locked, and short ways that it allowed have ended. Raises
    PasswordRefused, or ValidationError where the new one cannot be.
    """
    try_password(digital_id, password, origin=origin)
    if first != second:
        raise ValidationError(DIFFERENT, code="passwords_differ")
    if first == password:
        raise ValidationError(_("This is your present password."), code="same_password")
    check_choice(first, person=digital_id.holder)
    hashed, holder = hash_password(first), Actor.citizen(digital_id.enrollment_id or digital_id.pk)
    with transaction.atomic():
        DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk).update(
            password=hashed, password_since=timezone.now()
        )
        end_short_ways(digital_id, why="password")
        record(Action.PASSWORD_CHANGED, digital_id, actor=holder)
        notify_holder(digital_id, NoticeKind.PASSWORD_CHANGED)


def forgive(number_key: uuid.UUID, origin: Origin) -> None:
    """The password was right: what was tried from there before is forgotten."""
    take_back(DOOR, number_key.hex, origin)
    forget(DOOR, number_key.hex, origin)


@transaction.atomic
def note_failure(digital_id: DigitalID, tried: Tried, origin: Origin) -> None:
    """The holder is told once, when the free tries are over, however long somebody goes on."""
    record(
        Action.DIGITAL_ID_UNLOCK_FAILED,
        digital_id,
        actor=Actor.anonymous(),
        paused=False,
        **_device(origin),
    )
    if tried.together == FREE_TRIES:
        notify_holder(digital_id, NoticeKind.UNLOCKS_FAILED)

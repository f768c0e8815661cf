"""A PIN of six digits, for one device: worth nothing without the key of that device.

Five wrong ones in a row end it, and only it: the password goes on as before, whoever guessed.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.easy_pins import LENGTH, is_easy_pin
from core.encryption import lookup_key
from identity.models import ContactChannel, Device, DigitalID, HolderContact, NoticeKind, Pin
from identity.notifications import notify_holder
from identity.passwords import hash_password, nobodys_password, verify_password
from identity.short_ways import note

MOST_TRIES = 5
ABROAD = "66"
SIX_DIGITS = _("A PIN has six digits.")
DIFFERENT = _("The two PINs are not the same.")
TOO_EASY = _("This PIN is too easy to guess: no rows, no dates and no digits of your numbers.")
WRONG = _("The PIN is not right.")
OVER = _("The PIN no longer opens on this device. Please use your password.")
NOBODYS = _("This browser does not hold a digital ID that can be opened.")


class PinRefused(Exception):
    """Not right; the message is for the citizen."""


class PinOver(PinRefused):
    """The device has none, or none any more."""


def set_pin(digital_id: DigitalID, device: Device, *, first: str, second: str) -> None:
    """Let these digits open the digital ID on the device, instead of those before. Raises
    ValidationError where they cannot.
    """
    if first != second:
        raise ValidationError(DIFFERENT, code="pins_differ")
    _check_choice(first, digital_id)
    values = {"hashed": hash_password(_bound(device, first)), "tries": 0, "set_at": timezone.now()}
    with transaction.atomic():
        Pin.objects.update_or_create(device_id=device.pk, defaults=values)
        note(Action.PIN_SET, digital_id, device=str(device.pk))
        notify_holder(digital_id, NoticeKind.PIN_SET, device=str(device.pk))


def _check_choice(pin: str, digital_id: DigitalID) -> None:
    if not re.fullmatch(f"[0-9]{{{LENGTH}}}", pin):
        raise ValidationError(SIX_DIGITS, code="pin_length")
    holder = digital_id.holder
    known = [holder.number, *_telephones(digital_id)]
    if is_easy_pin(pin, birth_date=holder.birth_date, known=known):
        raise ValidationError(TOO_EASY, code="pin_too_easy")


def _telephones(digital_id: DigitalID) -> list[str]:
    mine = HolderContact.objects.filter(
        number_key=digital_id.number_key, pk=digital_id.pk, channel=ContactChannel.SMS
    )
    digits = [re.sub(r"\D", "", one.address) for one in mine]
    return digits + ["0" + one.removeprefix(ABROAD) for one in digits if one.startswith(ABROAD)]


def try_pin(device: Device | None, pin: str) -> None:
    """Raises PinRefused. `device` is the one that has just proved itself; without one, neither the
    words nor the time they take say whether anybody has a PIN.
    """
    row = _counted(device) if device else None
    hashed = row.hashed if row else nobodys_password()
    right = verify_password(hashed, _bound(device, pin) if device else pin)
    if device is None:
        raise PinRefused(NOBODYS)
    if row is None:
        raise PinOver(OVER)
    if not right:
        _note_wrong(row, device)
        raise PinOver(OVER) if row.tries >= MOST_TRIES else PinRefused(WRONG)
    with transaction.atomic():
        if not Pin.objects.filter(device=device.pk, hashed=row.hashed).update(tries=0):
            raise PinOver(OVER)  # it has ended meanwhile
        note(Action.DIGITAL_ID_UNLOCKED, device.digital_id, how="pin", device=str(device.pk))


@transaction.atomic
def _counted(device: Device) -> Pin | None:
    """Count the try before it is made, so that parallel ones count as well; None where there are no
    more.
    """
    mine = Pin.objects.select_for_update().filter(device=device.pk, tries__lt=MOST_TRIES)
    row = mine.first()
    if row:
        row.tries += 1
        row.save(update_fields=["tries"])
    return row


@transaction.atomic
def _note_wrong(row: Pin, device: Device) -> None:
    """The last of them ends the PIN, unless a right one came in between."""
    digital_id, key = device.digital_id, str(device.pk)
    record(Action.PIN_WRONG, digital_id, actor=Actor.anonymous(), device=key)
    spent = Pin.objects.filter(device=device.pk, hashed=row.hashed, tries__gte=MOST_TRIES)
    if row.tries >= MOST_TRIES and spent.delete()[0]:
        portal = Actor.system("identity")
        record(Action.PIN_REMOVED, digital_id, actor=portal, why="tries", device=key)
        notify_holder(digital_id, NoticeKind.PIN_ENDED, device=key)


def _bound(device: Device, pin: str) -> str:
    """A million PINs are soon tried: what is hashed needs the portal's keys as well, and is of one
    device.
    """
    return lookup_key(f"{device.pk}\n{pin}", kind="pin").hex

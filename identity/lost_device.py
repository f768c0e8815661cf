"""The phone is gone: the holder suspends the digital ID from any other browser.

Nothing ever keeps the holder from it: guesses by others change what the page tells, not what it
does. Beyond the free tries the answer no longer says whether number and password belong together,
so that there is nothing to be learned by going on.
"""

from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.guard.tries import Origin, count_try
from identity.life import LifeReason, change_status
from identity.models import LIVE, DigitalID, DigitalIDStatus
from identity.numbers import number_key
from identity.passwords import (
    DOOR,
    PasswordRefused,
    forgive,
    nobodys_password,
    note_failure,
    verify_password,
)

WRONG = _("The number and the password do not belong together.")


def suspend_lost(*, number: str, password: str, origin: Origin) -> bool:
    """Suspend the live digital ID under `number`; again does nothing.

    Returns whether the citizen may be told so; raises PasswordRefused where it may be told that
    they do not belong together. A stranger learns nothing else, neither from the words nor from the
    time they take.
    """
    key = number_key(number)
    tried = count_try(DOOR, key.hex, origin)
    digital_id = DigitalID.objects.filter(number_key=key, status__in=LIVE).first()
    right = verify_password(digital_id.password if digital_id else nobodys_password(), password)
    if digital_id and right:
        _suspend(digital_id)
        if tried:
            forgive(key, origin)
        return tried is not None
    if digital_id and tried:
        note_failure(digital_id, tried, origin)
    elif digital_id:
        record(Action.DIGITAL_ID_UNLOCK_FAILED, digital_id, actor=Actor.anonymous(), paused=True)
    if tried:
        raise PasswordRefused(WRONG)
    return False


def _suspend(digital_id: DigitalID) -> None:
    if digital_id.status == DigitalIDStatus.ACTIVE:
        holder = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
        change_status(digital_id, "suspend", actor=holder, reason=LifeReason.DEVICE_LOST)

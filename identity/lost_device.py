"""The phone is gone: the holder suspends the digital ID from any other browser."""

from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.rate_limit import TooMany, allowed, seconds_left
from identity.life import LifeReason, change_status
from identity.models import LIVE, DigitalID, DigitalIDStatus
from identity.numbers import number_key
from identity.passwords import PasswordRefused, nobodys_password, verify_password

WRONG = _("The number and the password do not belong together.")


def suspend_lost(*, number: str, password: str) -> None:
    """Suspend the live digital ID under `number`; again does nothing. Raises PasswordRefused.

    A stranger learns nothing, neither from the words nor from the time they take. The tries are
    counted apart from those that open the digital ID, so that nobody can lock its holder out.
    """
    key = number_key(number)
    if not allowed("lost", key.hex):
        raise TooMany(wait=seconds_left("lost"))
    digital_id = DigitalID.objects.filter(number_key=key, status__in=LIVE).first()
    if digital_id is None:
        verify_password(nobodys_password(), password)
        raise PasswordRefused(WRONG)
    if not verify_password(digital_id.password, password):
        record(Action.DIGITAL_ID_UNLOCK_FAILED, digital_id, actor=Actor.anonymous(), paused=False)
        raise PasswordRefused(WRONG)
    if digital_id.status == DigitalIDStatus.ACTIVE:
        holder = Actor.citizen(digital_id.enrollment_id or digital_id.pk)
        change_status(digital_id, "suspend", actor=holder, reason=LifeReason.DEVICE_LOST)

"""The first visit of somebody from the pilot: the password of then, the terms of now."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.guard.tries import Origin, count_try
from identity.models import LIVE, Device, DigitalID
from identity.numbers import number_key
from identity.passwords import (
    DOOR,
    PAUSED,
    PasswordPaused,
    PasswordRefused,
    hash_password,
    try_password,
    verify_password,
)
from pilot.models import MemberState, PilotMember
from registration.errors import Refused

# Somebody unknown takes as long as somebody known: who was in the pilot is nobody's business.
_decoy: list[str] = []


def member_who_says(number: str, *, password: str, origin: Origin) -> PilotMember:
    """The member with this number and password whose digital ID no device shows yet.

    Raises Refused in the same words for an unknown number and for a wrong password.
    """
    key = number_key(number)
    member = PilotMember.objects.filter(number_key=key).first()
    digital_id = waiting_digital_id(member) if member else None
    if member is None or digital_id is None:
        if count_try(DOOR, key.hex, origin) is None:
            raise Refused("locked", PAUSED)
        _decoy[:] = _decoy or [hash_password(uuid.uuid4().hex)]
        verify_password(_decoy[0], password)
        raise _wrong()
    try:
        try_password(digital_id, password, origin=origin)
    except PasswordPaused as refusal:
        raise Refused("locked", PAUSED) from refusal
    except PasswordRefused as refusal:
        raise _wrong() from refusal
    return member


def waiting_digital_id(member: PilotMember) -> DigitalID | None:
    """The member's digital ID, as long as no device has been bound to it."""
    if member.digital_id is None:
        return None
    mine = DigitalID.objects.filter(
        number_key=member.number_key, pk=member.digital_id, status__in=LIVE
    )
    digital_id = mine.first()
    if digital_id is None:
        return None
    bound = Device.objects.filter(number_key=member.number_key, digital_id=digital_id)
    return None if bound.exists() else digital_id


def _wrong() -> Refused:
    return Refused(
        "wrong_number_or_password",
        _("Number and password do not belong to a digital ID of the pilot that waits for you."),
    )


@transaction.atomic
def accept_new_terms(member: PilotMember, *, version: str) -> PilotMember:
    """Agree to the terms now in force; the version agreed to in the pilot stays written down."""
    if version != settings.TERMS_VERSION:
        raise Refused("terms_changed", _("The terms have changed. Please read them again."))
    locked = PilotMember.objects.select_for_update().get(pk=member.pk)
    if locked.state == MemberState.EXPECTED:
        locked.state, locked.terms_version = MemberState.RETURNED, version
        locked.terms_accepted_at = timezone.now()
        locked.save(update_fields=["state", "terms_version", "terms_accepted_at"])
        record(Action.PILOT_RETURNED, locked, actor=Actor.citizen(locked.pk), version=version)
    return locked

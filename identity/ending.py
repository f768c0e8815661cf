"""The holder ends the digital ID: a day to think better of it, then the clock does it."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.guard.tries import Origin
from core.housekeeping import BATCH, duty
from identity.life import LifeReason, NotNow, change_status
from identity.models import LIVE, DigitalID, NoticeKind
from identity.notifications import notify_holder
from identity.passwords import try_password
from identity.text import tidy

TYPED_DIGITS = 4


def ask_to_end(digital_id: DigitalID, *, password: str, digits: str, origin: Origin) -> datetime:
    """When it will end, unless the holder keeps it. Again moves nothing.

    `digits` are the last four of the number, typed so that no slip of the finger ends anything.
    Raises PasswordRefused, ValidationError, or NotNow where nothing is in force.
    """
    try_password(digital_id, password, origin=origin)  # first: nobody else tries out the digits
    if tidy(digits) != digital_id.holder.number[-TYPED_DIGITS:]:
        raise ValidationError(
            _("These are not the last four digits of your number."), code="wrong_digits"
        )
    with transaction.atomic():
        locked = _locked(digital_id)
        if locked.status not in LIVE:
            raise NotNow(locked.status)
        if locked.ending_at is not None:
            return locked.ending_at
        ending_at = timezone.now() + settings.ENDED_AFTER
        _mark(locked, ending_at)
        record(Action.END_ASKED, locked, actor=_holder(locked))
        notify_holder(locked, NoticeKind.END_ASKED)
        return ending_at


@transaction.atomic
def keep(digital_id: DigitalID) -> bool:
    """The holder has thought better of it; whether there was an end to take back."""
    locked = _locked(digital_id)
    if locked.ending_at is None or locked.status not in LIVE:
        return False
    _mark(locked, None)
    record(Action.END_TAKEN_BACK, locked, actor=_holder(locked))
    notify_holder(locked, NoticeKind.END_TAKEN_BACK)
    return True


def _due() -> QuerySet[DigitalID]:
    return DigitalID.objects.filter(ending_at__lt=timezone.now(), status__in=LIVE)


def _oldest() -> datetime | None:
    first: datetime | None = _due().aggregate(first=Min("ending_at"))["first"]
    return first


@duty("ended_digital_ids", oldest=_oldest)
def end_what_is_due() -> Iterator[int]:
    while found := list(_due().order_by("ending_at").values_list("number_key", "pk")[:BATCH]):
        for number_key, pk in found:
            yield _end(number_key, pk)


@transaction.atomic
def _end(number_key: uuid.UUID, pk: uuid.UUID) -> int:
    mine = _due().select_for_update().filter(number_key=number_key, pk=pk)
    for locked in mine:  # none where the holder has kept it this very moment
        actor = Actor.system("housekeeping")
        change_status(locked, "revoke", actor=actor, reason=LifeReason.HOLDER_ASKED)
        return 1
    return 0


def _locked(digital_id: DigitalID) -> DigitalID:
    mine = DigitalID.objects.filter(number_key=digital_id.number_key, pk=digital_id.pk)
    return mine.select_for_update().get()


def _mark(locked: DigitalID, at: datetime | None) -> None:
    locked.ending_at = at
    mine = DigitalID.objects.filter(number_key=locked.number_key, pk=locked.pk)
    mine.update(ending_at=at)


def _holder(digital_id: DigitalID) -> Actor:
    return Actor.citizen(digital_id.enrollment_id or digital_id.pk)

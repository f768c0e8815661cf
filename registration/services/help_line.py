"""What an agent of 1548 does for a caller: look whether there is a live digital ID, and suspend it.

Suspending harms less than misuse does, so it asks for no proof of the caller; putting it in force
again is not an agent's. What one agent may do in a day is counted in rows, under a lock of the
agent's: parallel requests come one after the other.
"""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.housekeeping import forget_rows
from identity.life import LifeReason, NotNow, change_status
from identity.models import LIVE, DigitalID, DigitalIDStatus, NoticeKind
from identity.numbers import number_key
from offices.models import Officer
from registration.errors import Conflict, Refused, Unknown
from registration.models import HelpCode, HelpLook

REASONS = (LifeReason.DEVICE_LOST, LifeReason.MISUSED)

forget_rows("help_looks", HelpLook.objects.all(), field="at", kept=lambda: settings.HELP_KEPT)
forget_rows(
    "help_codes", HelpCode.objects.all(), field="expires_at", kept=lambda: settings.HELP_KEPT
)


class MadeSure(models.TextChoices):
    """How an agent made sure of who called."""

    ANSWERED = "answered", _("The caller answered questions that a stranger could not answer")
    NOT_VERIFIED = "not_verified", _("The caller could not be verified: suspended all the same")


class UsedUp(Refused):
    """The agent has done as much of it today as one agent may."""

    status = 429


@transaction.atomic
def look_up(number: str, *, agent: Officer) -> HelpLook:
    """Whether `number` (13 digits) has a live digital ID; raises UsedUp. Each look is an entry,
    which the holder reads.
    """
    locked = _locked(agent)
    if looks_today(locked).count() >= settings.HELP_SEARCHES_A_DAY:
        raise UsedUp(
            "searches_used_up",
            _("You have made as many searches today as one agent may. Ask an administrator."),
        )
    live = DigitalID.objects.filter(number_key=number_key(number), status__in=LIVE)
    found = live.exclude(expires_on__lt=timezone.localdate()).first()
    record(Action.HELP_LOOKED, found, actor=Actor.officer(locked), found=found is not None)
    return HelpLook.objects.create(
        agent=locked,
        number_key=found.number_key if found else None,
        digital_id=found.pk if found else None,
    )


def open_look(look_id: uuid.UUID, *, agent: Officer) -> HelpLook:
    """A look of this agent's own of the last minutes; raises Unknown."""
    since = timezone.now() - settings.HELP_SEEN_FOR
    look = HelpLook.objects.filter(pk=look_id, agent=agent, at__gt=since).first()
    if look is None:
        raise Unknown("look_over", _("This search is over. Please search once more."))
    return look


def found_by(look: HelpLook) -> DigitalID | None:
    """What the look found, as it is now."""
    if look.number_key is None or look.digital_id is None:
        return None
    return DigitalID.objects.get(number_key=look.number_key, pk=look.digital_id)


def can_suspend(digital_id: DigitalID) -> bool:
    return digital_id.effective_status == DigitalIDStatus.ACTIVE


@transaction.atomic
def suspend(
    look_id: uuid.UUID, *, reason: str, made_sure: str, last_four: str, agent: Officer
) -> DigitalID:
    """Suspend what the agent's look found; its holder is told that 1548 did it.

    `last_four` are the number's last digits as the caller says them once more. Raises Unknown for
    a look that is over, Conflict where it is in force no more, UsedUp beyond the agent's ceiling.
    """
    if reason not in REASONS:
        raise ValueError(reason)
    locked = _locked(agent)
    look = open_look(look_id, agent=locked)
    digital_id = found_by(look)
    if digital_id is None:
        raise Unknown("no_digital_id", _("There is no digital ID that could be suspended."))
    if last_four != digital_id.holder.number[-4:]:
        raise Refused("not_as_said", _("These are not the last four digits. Search once more."))
    if suspended_today(locked).count() >= settings.HELP_SUSPENSIONS_A_DAY:
        raise UsedUp(
            "suspensions_used_up",
            _("You have suspended as many today as one agent may. Ask an administrator."),
        )
    try:
        suspended = change_status(
            digital_id,
            "suspend",
            actor=Actor.officer(locked),
            reason=reason,
            told_as=NoticeKind.SUSPENDED_BY_PHONE,
            how=MadeSure(made_sure).value,
        )
    except NotNow as error:
        raise Conflict("not_in_force", _("It is not in force any more.")) from error
    HelpLook.objects.filter(pk=look.pk).update(suspended_at=timezone.now())
    return suspended


def looks_today(agent: Officer) -> models.QuerySet[HelpLook]:
    return HelpLook.objects.filter(agent=agent, at__gte=_midnight())


def suspended_today(agent: Officer) -> models.QuerySet[HelpLook]:
    return HelpLook.objects.filter(agent=agent, suspended_at__gte=_midnight())


def agents_at_ceiling() -> dict[str, int]:
    """How many agents have done today as much as one may."""
    rows = HelpLook.objects.filter(at__gte=_midnight() - timedelta(hours=1)).values("agent")
    counted = rows.annotate(
        searched=Count("pk", filter=Q(at__gte=_midnight())),
        suspended=Count("pk", filter=Q(suspended_at__gte=_midnight())),
    )
    return {
        "searches": sum(row["searched"] >= settings.HELP_SEARCHES_A_DAY for row in counted),
        "suspensions": sum(row["suspended"] >= settings.HELP_SUSPENSIONS_A_DAY for row in counted),
    }


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _locked(agent: Officer) -> Officer:
    """The agent's row under lock; raises PermissionDenied for who is no agent any more."""
    locked = Officer.objects.select_for_update(no_key=True).get(pk=agent.pk)
    if not (locked.is_active and locked.helps_callers):
        raise PermissionDenied
    return locked

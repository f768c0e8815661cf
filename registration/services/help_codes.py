"""Six digits that a citizen reads out on the phone, so that an agent of 1548 sees the step.

A row of its own, not `core.guard.once`: a code has to be the only one of its enrollment, and who
opened it goes on seeing. Six digits are few, so they are kept as a keyed hash, guesses are counted
by agent, and what they open shows nobody's data.
"""

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.guard.tries import Door, Origin, count_try, take_back
from offices.models import Officer
from registration.errors import Conflict, Refused, Unknown
from registration.models import Enrollment, HelpCode

DIGITS = 6
MOST_DRAWS = 50  # beyond, hardly one in a million codes is free


class Paused(Refused):
    """Too many wrong codes: the next has to wait."""

    status = 429


@transaction.atomic
def make_code(enrollment: Enrollment) -> tuple[str, HelpCode]:
    """A new code of this enrollment; the former one ends. Only its keyed hash is kept."""
    locked = Enrollment.objects.select_for_update(no_key=True).get(pk=enrollment.pk)
    HelpCode.objects.filter(enrollment=locked, key__isnull=False).update(key=None)
    for _draw in range(MOST_DRAWS):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        made = _claimed(code, locked)
        if made is not None:
            record(Action.HELP_CODE_MADE, locked, actor=Actor.citizen(locked.pk))
            return code, made
    raise Conflict("no_code_free", _("There is no code to be had just now. Try again in a minute."))


def _claimed(code: str, enrollment: Enrollment) -> HelpCode | None:
    """The row, unless another enrollment has the same code open."""
    now, key = timezone.now(), _key(code)
    HelpCode.objects.filter(key=key, expires_at__lte=now).update(key=None)
    expires_at = now + settings.HELP_CODE_VALID_FOR
    try:
        with transaction.atomic():
            return HelpCode.objects.create(enrollment=enrollment, key=key, expires_at=expires_at)
    except IntegrityError:
        return None


def open_code(code: str, *, agent: Officer) -> HelpCode:
    """Use the code up: of several agents at one moment, one. Raises Unknown for one that is used,
    replaced, too old or made up, which are never told apart; Paused after too many of these.
    """
    door = _door()
    account, origin = str(agent.pk), Origin("agent", known=True)
    if count_try(door, account, origin) is None:
        raise Paused("codes_paused", _("Too many wrong codes. Please wait a while and try again."))
    opened = _opened(code, agent)
    if opened is None:
        record(Action.HELP_CODE_WRONG, None, actor=Actor.officer(agent))
        raise Unknown(
            "no_such_code",
            _("This code is not right, was used or has run out. Ask the caller for a new one."),
        )
    take_back(door, account, origin)
    return opened


@transaction.atomic
def _opened(code: str, agent: Officer) -> HelpCode | None:
    now = timezone.now()
    found = HelpCode.objects.select_related("enrollment").filter(key=_key(code), expires_at__gt=now)
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        return None
    row.key, row.agent, row.opened_at = None, agent, now
    row.seen_until = now + settings.HELP_SEEN_FOR
    row.save(update_fields=["key", "agent", "opened_at", "seen_until"])
    record(Action.HELP_STEP_OPENED, row.enrollment, actor=Actor.officer(agent))
    return row


def seen_by(code_id: uuid.UUID, *, agent: Officer) -> Enrollment:
    """What this agent opened and may still see; raises Unknown for all else."""
    opened = HelpCode.objects.select_related("enrollment").filter(
        pk=code_id, agent=agent, seen_until__gt=timezone.now()
    )
    row = opened.first()
    if row is None:
        raise Unknown("step_over", _("This call is over. Ask the caller for a new code."))
    return row.enrollment


def opened_at(enrollment: Enrollment) -> datetime | None:
    """When an agent opened the step last, of late."""
    opened = HelpCode.objects.filter(enrollment=enrollment, opened_at__isnull=False)
    return opened.order_by("-opened_at").values_list("opened_at", flat=True).first()


def _key(code: str) -> uuid.UUID:
    return lookup_key(code, kind="help-code")


def _door() -> Door:
    return Door(
        "help_code",
        free=settings.HELP_FREE_TRIES,
        anywhere=settings.HELP_FREE_TRIES,
        longest=settings.HELP_LONGEST_LOCK,
    )

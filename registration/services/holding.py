"""A case in an officer's hands: how long, what shows that the hands are there, and giving back."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.typing import Json
from offices.memberships import NotNow
from offices.models import Officer
from registration.errors import Conflict
from registration.models import Decision, Enrollment
from registration.services.moves import move_locked
from registration.states import State


class AlsoHeld(NamedTuple):
    """What an officer may have in hand that is no enrollment: it is given back with the case."""

    release: Callable[[Officer, uuid.UUID | None, uuid.UUID | None], None]  # only this, but this
    return_overdue: Callable[[], int]
    decided_since: Callable[[Officer, datetime], bool]


also_held: list[AlsoHeld] = []
AT_ONCE = 100  # given back in one transaction
ELSEWHERE = _("You act in another office by now. Please load the page again.")


def one_at_a_time(officer: Officer) -> None:
    """Two presses of one officer come one after the other, so that there is one case in hand.

    None comes after the account was switched off, whose cases went back in that transaction; what
    was begun while they acted in another office ends here, too. Raises PermissionDenied, Conflict.
    """
    now = Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
    if not now.is_active:
        raise PermissionDenied
    if now.office_id != officer.office_id:
        raise Conflict("acts_elsewhere", ELSEWHERE)


def check_undo_time(officer: Officer) -> None:
    """Whoever acts in another office no longer reaches what was decided a moment ago: it could not
    be taken back. Raises NotNow.
    """
    since = timezone.now() - settings.DECISION_UNDONE_WITHIN
    decided = Decision.objects.in_force().filter(officer=officer, decided_at__gt=since).exists()
    if decided or any(one.decided_since(officer, since) for one in also_held):
        raise NotNow(_("Your last decision can still be taken back. Please wait half a minute."))


def held_now(officer: Officer) -> Json:
    """The fields of a case that comes into this officer's hands."""
    now = timezone.now()
    until = now + settings.CASE_HELD_FOR
    return {"held_by": officer, "held_until": until, "held_seen_at": now}


def given_now(officer: Officer) -> Json:
    """Those of a case that somebody else puts into this officer's hands: it goes back to the queue
    unless the officer opens it within moments, however busy they are.
    """
    until = timezone.now() + settings.CASE_GIVEN_FOR
    return {"held_by": officer, "held_until": until, "held_seen_at": None}


def given_to(officer: Officer) -> Enrollment | None:
    """What was put into the officer's hands and not opened yet."""
    given = Enrollment.objects.filter(held_by=officer, state=State.IN_REVIEW, held_seen_at=None)
    return given.only("reference").order_by("held_until").first()


def release_held(
    officer: Officer, *, only: uuid.UUID | None = None, but: uuid.UUID | None = None
) -> None:
    """Give back what the officer holds; in the transaction of what comes next."""
    held = Enrollment.objects.filter(held_by=officer, state=State.IN_REVIEW)
    held = held.exclude(pk=but) if but is not None else held
    held = held.filter(pk=only) if only is not None else held
    for case in held.select_for_update(of=("self",)).order_by("pk"):
        move_locked(case, "release", actor=Actor.officer(officer))
    for one in also_held:
        one.release(officer, only, but)


def still_held(enrollment: Enrollment, *, officer: Officer, leaving: bool = False) -> bool:
    """A sign of life from the holder's page, or that it is being left; False if it holds no more.

    What is left goes back after moments, unless the page comes again (it was only loaded anew).
    What was given is in hand from the first sign on.
    """
    now = timezone.now()
    silent = settings.CASE_HOLDER_SILENT_FOR - settings.CASE_LEFT_FOR
    mine = Enrollment.objects.filter(pk=enrollment.pk, held_by=officer, state=State.IN_REVIEW)
    opened = When(held_seen_at=None, then=Value(now + settings.CASE_HELD_FOR))
    until = Case(opened, default=F("held_until"))
    seen_at = now - silent if leaving else now
    return bool(mine.update(held_seen_at=seen_at, held_until=until))


@transaction.atomic
def return_overdue() -> int:
    """Cases that were taken and forgotten, or whose holder's browser fell silent, go back to where
    they came from, AT_ONCE of them; how many did.
    """
    now = timezone.now()
    over = Q(held_until__lt=now) | Q(held_seen_at__lt=now - settings.CASE_HOLDER_SILENT_FOR)
    overdue = Enrollment.objects.filter(over, state=State.IN_REVIEW)
    cases = list(overdue.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for case in cases:
        move_locked(case, "release", actor=Actor.system("review"))
    return len(cases) + sum(one.return_overdue() for one in also_held)

"""A case in an officer's hands: how long, what shows that the hands are there, and giving back."""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from audit.services import Actor
from core.typing import Json
from offices.models import Officer
from registration.models import Enrollment
from registration.services.moves import move_locked
from registration.states import State

NOT_HELD = {"held_by": None, "held_until": None, "held_seen_at": None}


def one_at_a_time(officer: Officer) -> None:
    """Two presses of one officer come one after the other, so that there is one case in hand."""
    Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)


def held_now(officer: Officer) -> Json:
    """The fields of a case that comes into this officer's hands."""
    now = timezone.now()
    until = now + settings.CASE_HELD_FOR
    return {"held_by": officer, "held_until": until, "held_seen_at": now}


def release_held(
    officer: Officer, *, only: uuid.UUID | None = None, but: uuid.UUID | None = None
) -> None:
    """Give back what the officer holds; in the transaction of what comes next."""
    held = Enrollment.objects.filter(held_by=officer, state=State.IN_REVIEW)
    held = held.exclude(pk=but) if but is not None else held
    held = held.filter(pk=only) if only is not None else held
    for case in held.select_for_update(of=("self",)).order_by("pk"):
        move_locked(case, "release", actor=Actor.officer(officer), changes=NOT_HELD)


def still_held(enrollment: Enrollment, *, officer: Officer, leaving: bool = False) -> bool:
    """A sign of life from the holder's page, or that it is being left; False if it holds no more.

    What is left goes back after moments, unless the page comes again (it was only loaded anew).
    """
    now = timezone.now()
    silent = settings.CASE_HOLDER_SILENT_FOR - settings.CASE_LEFT_FOR
    mine = Enrollment.objects.filter(pk=enrollment.pk, held_by=officer, state=State.IN_REVIEW)
    return bool(mine.update(held_seen_at=now - silent if leaving else now))


@transaction.atomic
def return_overdue() -> int:
    """Cases that were taken and forgotten, or whose holder's browser fell silent, go back to where
    they came from; how many did.
    """
    now = timezone.now()
    over = Q(held_until__lt=now) | Q(held_seen_at__lt=now - settings.CASE_HOLDER_SILENT_FOR)
    overdue = Enrollment.objects.filter(over, state=State.IN_REVIEW)
    cases = list(overdue.select_for_update(skip_locked=True, of=("self",))[:100])
    for case in cases:
        move_locked(case, "release", actor=Actor.system("review"), changes=NOT_HELD)
    return len(cases)

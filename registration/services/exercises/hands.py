"""An exercise in an officer's hands: as a case is, and given back with it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from audit.services import Actor
from offices.models import Officer
from registration.models import ExerciseAnswer, ServedExercise
from registration.services.exercises.moves import move_served
from registration.services.holding import AT_ONCE, AlsoHeld, also_held
from registration.states import State


def in_hand(officer: Officer) -> ServedExercise | None:
    held = ServedExercise.objects.visible_to(officer).filter(held_by=officer, state=State.IN_REVIEW)
    return held.order_by("waiting_since").first()


def sign_of_life(served: ServedExercise, *, officer: Officer, leaving: bool = False) -> bool:
    """As registration.services.holding.still_held."""
    now = timezone.now()
    silent = settings.CASE_HOLDER_SILENT_FOR - settings.CASE_LEFT_FOR
    mine = ServedExercise.objects.filter(pk=served.pk, held_by=officer, state=State.IN_REVIEW)
    return bool(mine.update(held_seen_at=now - silent if leaving else now))


def release(officer: Officer, only: uuid.UUID | None, but: uuid.UUID | None) -> None:
    held = ServedExercise.objects.filter(held_by=officer, state=State.IN_REVIEW)
    held = held.exclude(pk=but) if but is not None else held
    held = held.filter(pk=only) if only is not None else held
    for served in held.select_for_update(of=("self",)).order_by("pk"):
        move_served(served, "release", actor=Actor.officer(officer))


def return_overdue() -> int:
    now = timezone.now()
    over = Q(held_until__lt=now) | Q(held_seen_at__lt=now - settings.CASE_HOLDER_SILENT_FOR)
    overdue = ServedExercise.objects.filter(over, state=State.IN_REVIEW)
    forgotten = list(overdue.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    for served in forgotten:
        move_served(served, "release", actor=Actor.system("review"))
    return len(forgotten)


def decided_since(officer: Officer, since: datetime) -> bool:
    answers = ExerciseAnswer.objects.in_force().filter(officer=officer, decided_at__gt=since)
    return answers.exists()


also_held.append(AlsoHeld(release, return_overdue, decided_since))

"""What time ends of exercises: pictures and data after the exercise, answers after a year."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from audit.services import Actor
from core.housekeeping import BATCH, duty, forget_rows
from registration.errors import Conflict
from registration.models import Exercise
from registration.services.exercises.making import end_exercise

CLOCK = Actor.system("housekeeping")

forget_rows(  # with what was served of it, and the answers
    "exercises_ended",
    Exercise.objects.exclude(ended_at=None),
    field="ended_at",
    kept=lambda: settings.EXERCISE_ANSWERS_KEPT,
)


def _over() -> QuerySet[Exercise]:
    return Exercise.objects.filter(ended_at=None, ends_at__lt=timezone.now())


def _oldest() -> datetime | None:
    first: datetime | None = _over().aggregate(first=Min("ends_at"))["first"]
    return first


@duty("exercises", oldest=_oldest)
def end_exercises() -> Iterator[int]:
    while found := list(_over().order_by("ends_at")[:BATCH]):
        for exercise in found:
            try:
                with transaction.atomic():
                    end_exercise(exercise, actor=CLOCK)
            except Conflict:
                pass  # its maker was faster
            yield 1

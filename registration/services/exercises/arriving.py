"""Which exercise comes to which office, and when: by lot, so that nobody foresees it."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from offices.models import Office, Officer
from offices.roles import Role
from population.register import registered_person
from registration.models import (
    Channel,
    Enrollment,
    Exercise,
    ExerciseAnswer,
    ServedExercise,
    new_reference,
    share_now,
)

LOTTERY = Actor.system("exercises")


def draw_one(officer: Officer) -> ServedExercise | None:
    """In the transaction in which this officer took a case: perhaps an exercise comes to the
    office by that. Not while a citizen there waits for longer than is promised.
    """
    share = share_now()
    if officer.role != Role.OFFICER or secrets.randbelow(100) >= share.percent:
        return None
    office = Office.objects.select_for_update(no_key=True).get(pk=officer.office_id)
    if _has_late(office) or _came_today(office) >= share.a_day * _officers(office).count():
        return None
    fitting = list(_fitting(office))
    while fitting:
        chosen = fitting.pop(secrets.randbelow(len(fitting)))
        if not is_somebodys(chosen):
            return let_come(chosen, office, after=_a_while())
    return None


def is_somebodys(exercise: Exercise) -> bool:
    """Whether its number has become a citizen's: then it comes to nobody any more."""
    registered = registered_person(exercise.number_key).found
    return registered or Enrollment.objects.filter(number_key=exercise.number_key).exists()


@transaction.atomic
def let_come(exercise: Exercise, office: Office, *, after: timedelta) -> ServedExercise:
    """Put it into the office's queue; it waits from `after` on."""
    at = timezone.now() + after
    served = ServedExercise.objects.create(
        exercise=exercise,
        office=office,
        reference=_unused_reference(),
        channel=Channel.SELF,
        state_since=at,
        waiting_since=at,
    )
    record(
        Action.EXERCISE_SERVED,
        served,
        actor=LOTTERY,
        subject_office=office.pk,
        exercise=str(exercise.pk),
    )
    return served


def since_midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _a_while() -> timedelta:
    most = int(settings.EXERCISE_COMES_WITHIN.total_seconds())
    return timedelta(
        seconds=60 + secrets.randbelow(most - 60), microseconds=secrets.randbelow(10**6)
    )


def _unused_reference() -> str:
    reference = new_reference()
    while Enrollment.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference


def _has_late(office: Office) -> bool:
    promised = timezone.now() - settings.CASE_ANSWERED_WITHIN
    return Enrollment.objects.waiting().filter(office=office, waiting_since__lt=promised).exists()


def _officers(office: Office) -> QuerySet[Officer]:
    return Officer.objects.filter(office=office, role=Role.OFFICER, is_active=True)


def _came_today(office: Office) -> int:
    return ServedExercise.objects.filter(office=office, waiting_since__gte=since_midnight()).count()


def _fitting(office: Office) -> QuerySet[Exercise]:
    """Not known at this office, nor to anybody who works there now."""
    met = ExerciseAnswer.objects.filter(officer__in=_officers(office)).values("served__exercise")
    here = Q(made_by__office=office) | Q(answered_by__office=office) | Q(pk__in=met)
    came = ServedExercise.objects.filter(office=office).values("exercise")
    return Exercise.objects.in_use().exclude(here | Q(pk__in=came))

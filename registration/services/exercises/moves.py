"""The one writer of the state of a served exercise. It tells nobody and counts nowhere: no message,
no job, no gate, no place; one entry in the log, which says that it is an exercise.
"""

from typing import Any

from django.db import transaction

from audit.actions import Action
from audit.services import Actor, record
from core.typing import Json
from registration.errors import MoveNotAllowed
from registration.models import ServedExercise


@transaction.atomic
def move_served(
    locked: ServedExercise, name: str, *, actor: Actor, changes: Json | None = None, **details: Any
) -> ServedExercise:
    """One move of `states.MOVES`, of a row that the caller's transaction has locked."""
    if not locked.can(name):
        raise MoveNotAllowed(name, locked.state)
    previous = locked.state
    locked.become(name)
    for field, value in (changes or {}).items():
        setattr(locked, field, value)
    locked.save()
    record(
        Action.EXERCISE_MOVED,
        locked,
        actor=actor,
        subject_office=locked.office_id,
        step=name,
        previous=previous,
        exercise=str(locked.exercise_id),
        **details,
    )
    return locked

"""What administrators do with rows that a finished import set apart as doubtful."""

from django.db import transaction

from audit.actions import Action
from audit.services import Actor, record
from population.agreeing import Heard, Question, agree_to
from population.following import follow_again
from population.imports.doubting import take_held
from population.models import ImportRun, RunState


def changes_wait(run: ImportRun) -> bool:
    return run.state == RunState.DONE and run.held_rows.exists()


@transaction.atomic
def agree_to_changes(run: ImportRun, *, actor: Actor, reason: str) -> Heard:
    """One administrator's word; with the second the rows are taken over, and digital IDs follow."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not changes_wait(locked):
        return Heard.TOO_LATE
    heard = agree_to(locked, Question.CHANGES, actor=actor, reason=reason)
    if heard is Heard.ENOUGH:
        take_held(locked)
        follow_again(locked)
    return heard


@transaction.atomic
def leave_changes(run: ImportRun, *, actor: Actor, reason: str) -> Heard:
    """Register and digital IDs stay as they are, and what the file said of them is deleted."""
    locked = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not changes_wait(locked):
        return Heard.TOO_LATE
    people, _each = locked.held_rows.all().delete()
    locked.agreements.filter(question=Question.CHANGES).delete()
    record(Action.REGISTER_CHANGES_LEFT, locked, actor=actor, reason=reason, people=people)
    return Heard.LEFT

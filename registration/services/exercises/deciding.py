"""What an officer makes of an exercise: decided and taken back like a case, and nothing follows."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.typing import Json
from offices.models import Officer
from registration.errors import Conflict, Refused
from registration.models import DecisionReason, ExerciseAnswer, ServedExercise
from registration.services.decisions import (
    LONGEST_MESSAGE,
    REASON_FIELD,
    WOULD_APPROVE,
    attempt_was_drawn,
    draft,
)
from registration.services.exercises.moves import move_served
from registration.services.exercises.taking import what_happened
from registration.services.holding import held_now, one_at_a_time, release_held
from registration.states import State
from verification.findings import Outcome

TAKEN_BACK = {"reject_reason": "", "retake_reason": ""}


@transaction.atomic
def release_exercise(served: ServedExercise, *, officer: Officer) -> ServedExercise:
    held = _check_holder(served, officer)
    return move_served(held, "release", actor=Actor.officer(officer))


@transaction.atomic
def answer_exercise(
    served: ServedExercise,
    move: str,
    *,
    officer: Officer,
    reasons: Sequence[str] = (),
    message: str = "",
) -> ServedExercise:
    """Decide: the same four moves, the same refusals, and an approval that takes two passes on."""
    held = _check_holder(served, officer)
    reason = ""
    if move in REASON_FIELD:
        chosen = list(DecisionReason.objects.filter(move=move, active=True, code__in=reasons))
        if not chosen or len(chosen) != len(set(reasons)):
            raise Refused("reason_missing", _("Please choose a reason."))
        reason = chosen[0].stands_for
        message = message.strip() or draft(chosen, language=served.language)
    if move == "approve" and needs_second(held, officer):
        move, reason = "pass_to_second", WOULD_APPROVE
    changes: Json = {REASON_FIELD[move]: reason} if move in REASON_FIELD else {}
    moved = move_served(held, move, actor=Actor.officer(officer), changes=changes, code=reason)
    ExerciseAnswer.objects.create(
        served=moved, officer=officer, office=moved.office, move=move, reason=reason,
        reasons=list(reasons), message=message[:LONGEST_MESSAGE],
    )  # fmt: skip
    return moved


def needs_second(served: ServedExercise, officer: Officer) -> bool:
    """By the same rule as a case: against a failed check, or drawn."""
    failed = any(one["outcome"] == Outcome.FAILED for one in served.exercise.findings)
    if not (failed or attempt_was_drawn(served.pk, served.selfie_attempts)):
        return False
    seconded = served.answers.in_force().filter(move="pass_to_second")
    return not seconded.exclude(officer=officer).exists()


@transaction.atomic
def undo_answer(served: ServedExercise, *, officer: Officer) -> ServedExercise:
    one_at_a_time(officer)
    current = ServedExercise.objects.select_for_update(of=("self",)).get(pk=served.pk)
    answer = current.answers.in_force().last()
    fresh = timezone.now() - settings.DECISION_UNDONE_WITHIN
    if answer is None or answer.officer_id != officer.pk or answer.decided_at < fresh:
        raise Conflict("too_late", _("This decision can no longer be taken back."))
    if current.state_since > answer.decided_at or not current.can("take_back"):
        raise Conflict("went_on", _("The case has gone on since: the decision stands."))
    current.answers.filter(pk=answer.pk).update(undone_at=timezone.now())
    release_held(officer)
    changes = held_now(officer) | TAKEN_BACK
    return move_served(current, "take_back", actor=Actor.officer(officer), changes=changes)


def _check_holder(served: ServedExercise, officer: Officer) -> ServedExercise:
    """The row, locked; as registration.services.review.check_holder."""
    one_at_a_time(officer)
    current = ServedExercise.objects.select_for_update(of=("self",)).get(pk=served.pk)
    if current.held_by_id != officer.pk or current.state != State.IN_REVIEW:
        raise Conflict("not_yours", what_happened(current))
    return current

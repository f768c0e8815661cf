"""The next case or exercise in an officer's hands, whichever has waited longer."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from offices.models import Officer
from registration.errors import Conflict
from registration.models import Enrollment, ExerciseAnswer, ServedExercise, share_now
from registration.services.barred import may_be_taken_back
from registration.services.exercises import hands
from registration.services.exercises.arriving import draw_one, since_midnight
from registration.services.exercises.moves import move_served
from registration.services.holding import held_now, one_at_a_time, release_held
from registration.services.review import (
    BY_PRIORITY,
    FRESH,
    PASSED_ON,
    first_waiting,
    take_next_case,
)
from registration.states import State


@transaction.atomic
def take_next(
    officer: Officer, *, leaving: uuid.UUID | None = None, passed_over: Sequence[str] = ()
) -> Enrollment | ServedExercise | None:
    """As registration.services.review.take_next_case, exercises among the cases."""
    one_at_a_time(officer)
    if leaving is not None:
        release_held(officer, only=leaving)
    mine = hands.in_hand(officer)
    if mine is not None:
        hands.sign_of_life(mine, officer=officer)
        return mine
    holds = Enrollment.objects.filter(held_by=officer, state=State.IN_REVIEW).exists()
    served = None if holds else _first(officer, passed_over)
    if served is not None and _is_before(served, first_waiting(officer, passed_over)):
        return _hold(served, officer=officer)
    taken = take_next_case(officer, passed_over=passed_over)
    if taken is not None and not holds:
        draw_one(officer)
    return taken


def _first(officer: Officer, passed_over: Sequence[str]) -> ServedExercise | None:
    """Locked. None for whoever had as many today as one may have, or gave this one an answer."""
    waiting = ServedExercise.objects.visible_to(officer).waiting()
    waiting = waiting.exclude(needs_another_than(officer)).exclude(may_be_taken_back())
    waiting = waiting.exclude(pk__in=passed_over) if passed_over else waiting
    had = ExerciseAnswer.objects.in_force().filter(
        officer=officer, decided_at__gte=since_midnight()
    )
    if not waiting.exists() or had.count() >= share_now().a_day:
        return None
    return waiting.order_by(*BY_PRIORITY).select_for_update(skip_locked=True, of=("self",)).first()


def _is_before(served: ServedExercise, case: Enrollment | None) -> bool:
    return case is None or _turn(served) < _turn(case)


def _turn(case: Enrollment | ServedExercise) -> tuple[object, ...]:
    return tuple(getattr(case, name) for name in BY_PRIORITY)


@transaction.atomic
def take_exercise(served: ServedExercise, *, officer: Officer) -> ServedExercise:
    """As registration.services.review.take_case, refused by the same words."""
    one_at_a_time(officer)
    if hands.sign_of_life(served, officer=officer):
        release_held(officer, but=served.pk)
        return ServedExercise.objects.get(pk=served.pk)
    locked = ServedExercise.objects.select_for_update(of=("self",)).get(pk=served.pk)
    this = ServedExercise.objects.filter(pk=locked.pk)
    if is_for_a_colleague(locked, officer):
        raise Conflict("own_case", _("A second officer has to look at this case."))
    if not this.waiting().exists():
        raise Conflict("not_waiting", what_happened(locked))
    if this.filter(may_be_taken_back()).exists():
        raise Conflict("not_yet", FRESH)
    taken = _hold(locked, officer=officer)
    release_held(officer, but=taken.pk)
    return taken


def _hold(served: ServedExercise, *, officer: Officer) -> ServedExercise:
    second = served.state == State.SECOND_REVIEW
    return move_served(
        served,
        "take_second" if second else "take",
        actor=Actor.officer(officer),
        changes=held_now(officer),
    )


def what_happened(served: ServedExercise) -> str:
    if served.held_by is not None:
        return str(_("%(officer)s has this case now.") % {"officer": served.held_by.name})
    if served.state == State.SECOND_REVIEW:
        return str(PASSED_ON)
    last = served.answers.in_force().last()
    if last is None or last.decided_at < served.state_since:
        return str(_("This case is no longer yours: it was given back after a while without you."))
    return str(
        _("%(officer)s was faster: %(state)s.")
        % {"officer": last.officer.name, "state": served.get_state_display()}
    )


def is_for_a_colleague(served: ServedExercise, officer: Officer) -> bool:
    """As registration.services.barred.is_for_a_colleague."""
    return ServedExercise.objects.filter(needs_another_than(officer), pk=served.pk).exists()


def needs_another_than(officer: Officer) -> Q:
    """What this officer passed on is a second officer's."""
    passed_on = ExerciseAnswer.objects.in_force().filter(officer=officer, move="pass_to_second")
    return Q(pk__in=passed_on.values("served_id"))

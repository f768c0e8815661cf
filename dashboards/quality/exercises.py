"""How often what officers said of exercises is what two people know of them (decision 35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from dashboards.privacy import FEWEST, hidden_of
from offices.models import Office, Officer
from offices.roles import SEEING_EVERYTHING, Role
from offices.scoping import within_reach
from registration.models import DecisionReason, ExerciseAnswer, KnownAnswer
from registration.services.decisions import WOULD_APPROVE
from verification.faces.calibration import Share

LISTED = 50
# As ExerciseAnswer.said and .agrees have it.
APPROVED_AT_FIRST = Q(reason=WOULD_APPROVE)
PASSED_ON = Q(move="pass_to_second") & ~APPROVED_AT_FIRST
AGREES = Q(move=F("served__exercise__move")) & ~APPROVED_AT_FIRST
AGREES |= APPROVED_AT_FIRST & Q(served__exercise__move="approve")


@dataclass(frozen=True)
class Agreement:
    """`agreed` of `answered` are the known answer; `low` and `high` in percent hold the true share
    95 times in 100 (Wilson). None stands for what is hidden.
    """

    key: str
    name: str
    answered: int | None
    agreed: int | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Tally:
    key: str
    name: str
    answered: int
    agreed: int


@dataclass(frozen=True)
class ExerciseFigures:
    """`newest` are for those whose own people they are; `own` is one officer's sum, None for none
    yet.
    """

    rows: list[Agreement]
    kinds: list[Agreement]
    passed_on: int
    newest: list[ExerciseAnswer]
    own: Agreement | None


def exercise_figures(officer: Officer, *, since: datetime, office: str = "") -> ExerciseFigures:
    if officer.role == Role.OFFICER:
        return ExerciseFigures([], [], 0, [], own_sum(officer))
    hides = officer.role in SEEING_EVERYTHING
    found = _seen_by(officer, office=office).filter(decided_at__gte=since)
    answered = found.exclude(PASSED_ON)
    people = _of_offices(answered) if hides and not office else _of_officers(answered)
    passed_on = found.filter(PASSED_ON).count()
    return ExerciseFigures(
        rows=_agreements(people, hides=hides),
        kinds=_agreements(_of_kinds(answered), hides=hides),
        passed_on=0 if hides and passed_on < FEWEST else passed_on,
        newest=[] if hides else list(_to_list(found)),
        own=None,
    )


def own_sum(officer: Officer) -> Agreement | None:
    """One sum of what is a while ago, once there is enough: which one was wrong is told nobody."""
    until = timezone.now() - settings.EXERCISES_TOLD_AFTER
    own = _over().filter(officer=officer, decided_at__lt=until).exclude(PASSED_ON)
    told = [one for one in _of_officers(own) if one.answered >= settings.EXERCISES_TOLD_FROM]
    return next(iter(_agreements(told, hides=False)), None)


def _over() -> QuerySet[ExerciseAnswer]:
    """Answers that can no longer be taken back."""
    stands = timezone.now() - settings.DECISION_UNDONE_WITHIN
    return ExerciseAnswer.objects.in_force().filter(decided_at__lte=stands).order_by()


def _seen_by(officer: Officer, *, office: str) -> QuerySet[ExerciseAnswer]:
    answers = _over().filter(within_reach(officer))
    return answers.filter(office=office) if office else answers


def _to_list(found: QuerySet[ExerciseAnswer]) -> QuerySet[ExerciseAnswer]:
    known = found.select_related("officer", "office", "served__exercise")
    return known.order_by("-decided_at")[:LISTED]


def _counts(answers: QuerySet[ExerciseAnswer], *fields: str) -> Iterable[tuple[Any, ...]]:
    """Of each: the fields, how many answered, how many agreed."""
    agreed = Count("pk", filter=AGREES)
    return answers.values_list(*fields).annotate(answered=Count("pk"), agreed=agreed)


def _of_officers(answers: QuerySet[ExerciseAnswer]) -> list[Tally]:
    counts = _counts(answers, "officer", "officer__name")
    return [Tally(str(pk), name, *both) for pk, name, *both in counts]


def _of_offices(answers: QuerySet[ExerciseAnswer]) -> list[Tally]:
    counts = list(_counts(answers, "office"))
    offices = Office.objects.in_bulk([code for code, *_both in counts])
    return [Tally(code, offices[code].name, *both) for code, *both in counts]


def _of_kinds(answers: QuerySet[ExerciseAnswer]) -> list[Tally]:
    """By the known answer and its reason."""
    words = {one.pk: str(one) for one in DecisionReason.objects.all()}
    found = []
    for move, code, *both in _counts(answers, "served__exercise__move", "served__exercise__reason"):
        label = str(KnownAnswer(move).label)
        name = f"{label}: {words.get(code, code)}" if code else label
        found.append(Tally(f"{move}:{code}", name, *both))
    return found


def _agreements(tallies: list[Tally], *, hides: bool) -> list[Agreement]:
    hidden = _hidden(tallies) if hides else set()
    rows = [_hidden_row(one) if one.key in hidden else _row(one) for one in tallies]
    return sorted(rows, key=lambda row: (-(row.answered or 0), row.name))


def _row(one: Tally) -> Agreement:
    low, high = Share(one.agreed, one.answered).interval
    return Agreement(one.key, one.name, one.answered, one.agreed, 100 * low, 100 * high)


def _hidden_row(one: Tally) -> Agreement:
    return Agreement(one.key, one.name, None, None, None, None)


def _hidden(tallies: list[Tally]) -> set[str]:
    """Where the answers, the right or the wrong ones are few, or could be worked out."""
    columns = (
        {one.key: one.answered for one in tallies},
        {one.key: one.agreed for one in tallies},
        {one.key: one.answered - one.agreed for one in tallies},
    )
    return set().union(*(hidden_of(column, fewest=FEWEST) for column in columns))

"""How often what officers said of exercises is what two people know of them (decision 35)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from dashboards.privacy import FEWEST, hidden_of
from offices.models import Officer
from offices.roles import SEEING_EVERYTHING, Role
from offices.scoping import within_reach
from registration.models import DecisionReason, ExerciseAnswer, KnownAnswer
from verification.faces.calibration import Share

MOST = 5000
LISTED = 50
PASSED_ON = "pass_to_second"
Key = Callable[[ExerciseAnswer], tuple[str, str]]


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
    found = list(_seen_by(officer, office=office).filter(decided_at__gte=since)[:MOST])
    answered = [one for one in found if one.said != PASSED_ON]
    by_office = hides and not office
    passed_on = len(found) - len(answered)
    return ExerciseFigures(
        rows=_agreements(answered, _of_office if by_office else _of_officer, hides=hides),
        kinds=_agreements(answered, _kinds(), hides=hides),
        passed_on=0 if hides and passed_on < FEWEST else passed_on,
        newest=[] if hides else found[:LISTED],
        own=None,
    )


def own_sum(officer: Officer) -> Agreement | None:
    """One sum of what is a while ago, once there is enough: which one was wrong is told nobody."""
    until = timezone.now() - settings.EXERCISES_TOLD_AFTER
    own = _over().filter(officer=officer, decided_at__lt=until)
    answered = [one for one in own[:MOST] if one.said != PASSED_ON]
    if len(answered) < settings.EXERCISES_TOLD_FROM:
        return None
    return _agreements(answered, _of_officer, hides=False)[0]


def _over() -> QuerySet[ExerciseAnswer]:
    """Answers that can no longer be taken back, the newest first."""
    stands = timezone.now() - settings.DECISION_UNDONE_WITHIN
    answers = ExerciseAnswer.objects.in_force().filter(decided_at__lte=stands)
    known = answers.select_related("officer", "office", "served__exercise")
    return known.order_by("-decided_at")


def _seen_by(officer: Officer, *, office: str) -> QuerySet[ExerciseAnswer]:
    answers = _over().filter(within_reach(officer))
    return answers.filter(office=office) if office else answers


def _of_officer(answer: ExerciseAnswer) -> tuple[str, str]:
    return str(answer.officer_id), answer.officer.name


def _of_office(answer: ExerciseAnswer) -> tuple[str, str]:
    return answer.office_id, answer.office.name


def _kinds() -> Key:
    """By the known answer and its reason."""
    words = {one.pk: str(one) for one in DecisionReason.objects.all()}

    def kind(answer: ExerciseAnswer) -> tuple[str, str]:
        exercise = answer.served.exercise
        move = str(KnownAnswer(exercise.move).label)
        reason = words.get(exercise.reason, exercise.reason)
        return f"{exercise.move}:{exercise.reason}", f"{move}: {reason}" if reason else move

    return kind


def _agreements(answers: list[ExerciseAnswer], key: Key, *, hides: bool) -> list[Agreement]:
    names: dict[str, str] = {}
    shares: defaultdict[str, list[bool]] = defaultdict(list)
    for one in answers:
        pk, name = key(one)
        names[pk] = name
        shares[pk].append(one.agrees)
    hidden = _hidden(shares) if hides else set()
    rows = [
        _hidden_row(pk, names[pk]) if pk in hidden else _row(pk, names[pk], agreed)
        for pk, agreed in shares.items()
    ]
    return sorted(rows, key=lambda row: (-(row.answered or 0), row.name))


def _row(key: str, name: str, agreed: list[bool]) -> Agreement:
    low, high = Share(sum(agreed), len(agreed)).interval
    return Agreement(key, name, len(agreed), sum(agreed), 100 * low, 100 * high)


def _hidden_row(key: str, name: str) -> Agreement:
    return Agreement(key, name, None, None, None, None)


def _hidden(shares: dict[str, list[bool]]) -> set[str]:
    """Where the answers, the right or the wrong ones are few, or could be worked out."""
    columns = (
        {pk: len(agreed) for pk, agreed in shares.items()},
        {pk: sum(agreed) for pk, agreed in shares.items()},
        {pk: len(agreed) - sum(agreed) for pk, agreed in shares.items()},
    )
    return set().union(*(hidden_of(column, fewest=FEWEST) for column in columns))

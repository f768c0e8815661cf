"""Second looks that are over: what the first officer would have done, and what the second did.

One that is not over is not here: the second officer must not read that there is a first opinion,
nor whose. Whoever only decides sees the looks at the own decisions, without the second's name.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from offices.models import Officer
from offices.roles import Role
from registration.models import Decision, DecisionReason, Finding
from registration.services.decisions import WOULD_APPROVE, attempt_was_drawn
from registration.services.review_numbers import decisions_within

DECIDING = ("approve", "reject", "ask_retake")


@dataclass(frozen=True)
class Look:
    """`first` would have approved; `second` decided. `drawn`: by lot, else against a check."""

    first: Decision
    second: Decision
    drawn: bool

    @property
    def agreed(self) -> bool:
        return self.second.move == "approve"


def seen_by(officer: Officer, *, office: str = "") -> QuerySet[Decision]:
    """The decisions in force that this officer's figures are made of: the own ones, those of the
    office, of the province, or all; of the one office that is asked for.
    """
    decisions = decisions_within(officer).filter(move__in=[*DECIDING, "pass_to_second"])
    if officer.role == Role.OFFICER:
        decisions = decisions.filter(officer=officer)
    return decisions.filter(officer__office=office) if office else decisions


def looks(officer: Officer, *, since: datetime, office: str = "", most: int) -> list[Look]:
    """The newest first."""
    firsts = list(
        seen_by(officer, office=office)
        .filter(move="pass_to_second", reason=WOULD_APPROVE, decided_at__gte=since)
        .select_related("officer", "enrollment")
        .order_by("-decided_at")[:most]
    )
    cases = {first.enrollment_id for first in firsts}
    later = decisions_within(officer).filter(enrollment__in=cases, move__in=DECIDING)
    of_case = _by_case(later.select_related("officer").order_by("decided_at"))
    attempts = _attempts(cases)
    return [
        Look(first, second, attempt_was_drawn(first.enrollment_id, _attempt_at(first, attempts)))
        for first in firsts
        for second in _next(of_case[first.enrollment_id], first)
    ]


def _next(decisions: list[Decision], first: Decision) -> Iterator[Decision]:
    """The second's decision, where there is one: the next by somebody else."""
    after = (one for one in decisions if one.decided_at > first.decided_at)
    found = next(after, None)
    if found is not None and found.officer_id != first.officer_id:
        yield found


def _by_case(decisions: Iterable[Decision]) -> defaultdict[uuid.UUID, list[Decision]]:
    found: defaultdict[uuid.UUID, list[Decision]] = defaultdict(list)
    for decision in decisions:
        found[decision.enrollment_id].append(decision)
    return found


def _attempts(cases: set[uuid.UUID]) -> dict[uuid.UUID, list[tuple[datetime, int]]]:
    found: defaultdict[uuid.UUID, list[tuple[datetime, int]]] = defaultdict(list)
    rows = Finding.objects.filter(enrollment__in=cases).order_by("created_at")
    for case, at, attempt in rows.values_list("enrollment_id", "created_at", "attempt"):
        found[case].append((at, attempt))
    return found


def _attempt_at(first: Decision, attempts: dict[uuid.UUID, list[tuple[datetime, int]]]) -> int:
    """The attempt that the first officer decided about; a later one has other pictures."""
    before = [
        attempt for at, attempt in attempts.get(first.enrollment_id, []) if at <= first.decided_at
    ]
    return before[-1] if before else first.enrollment.selfie_attempts


def reasons_in_words() -> dict[str, str]:
    return {one.pk: one.text(get_language()) for one in DecisionReason.objects.all()}

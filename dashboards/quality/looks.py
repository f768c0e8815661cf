"""Second looks that are over: what the first officer would have done, and what the second did.

One that is not over is not here: the second officer must not read that there is a first opinion,
nor whose. Whoever only decides sees the looks at the own decisions, without the second's name.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import get_language

from offices.models import Officer
from offices.roles import Role
from registration.models import Decision, DecisionReason, Finding
from registration.services.decisions import WOULD_APPROVE, attempt_was_drawn
from registration.services.review_numbers import decisions_within

DECIDING = ("approve", "reject", "ask_retake")
LISTED = 50


@dataclass(frozen=True)
class Look:
    """`first` would have approved; `second` decided. `drawn`: by lot, else against a check."""

    first: Decision
    second: Decision
    drawn: bool

    @property
    def agreed(self) -> bool:
        return self.second.move == "approve"


@dataclass(frozen=True)
class Over:
    """A look as it is counted. `reasons` are the second's."""

    first: uuid.UUID
    second: uuid.UUID
    officer: uuid.UUID
    office: str | None
    drawn: bool
    agreed: bool
    reasons: list[str]


@dataclass
class Looks:
    """All of the period: `seconded` and `overturned` by the first officer or by the office,
    `reasons` of those that the second decided otherwise; `newest` are listed.
    """

    newest: list[Over] = field(default_factory=list)
    drawn: int = 0
    agreed: int = 0
    seconded: Counter[str] = field(default_factory=Counter)
    overturned: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


def seen_by(officer: Officer, *, office: str = "") -> QuerySet[Decision]:
    """The decisions in force that this officer's figures are made of: the own ones, those of the
    office, of the province, or all; of the one office that is asked for.
    """
    decisions = decisions_within(officer).filter(move__in=[*DECIDING, "pass_to_second"])
    if officer.role == Role.OFFICER:
        decisions = decisions.filter(officer=officer)
    return decisions.filter(officer__office=office) if office else decisions


def looks(officer: Officer, *, since: datetime, office: str = "", by_office: bool) -> Looks:
    found = Looks()
    for one in _over(officer, since=since, office=office):
        if len(found.newest) < LISTED:
            found.newest.append(one)
        key = (one.office or "") if by_office else str(one.officer)
        found.seconded[key] += 1
        found.overturned[key] += not one.agreed
        found.drawn += one.drawn
        found.agreed += one.drawn and one.agreed
        found.reasons.update([] if one.agreed else one.reasons)
    return found


def listed(newest: Sequence[Over]) -> list[Look]:
    pks = {pk for one in newest for pk in (one.first, one.second)}
    decisions = Decision.objects.select_related("officer", "enrollment").in_bulk(pks)
    return [
        Look(decisions[one.first], decisions[one.second], one.drawn)
        for one in newest
        if one.first in decisions and one.second in decisions
    ]


def _over(officer: Officer, *, since: datetime, office: str) -> Iterator[Over]:
    """The newest first, in narrow rows: who is drawn is a keyed hash, which no database counts."""
    firsts = (
        seen_by(officer, office=office)
        .filter(move="pass_to_second", reason=WOULD_APPROVE, decided_at__gte=since)
        .annotate(next=_next(officer), attempt=_attempt())
        .order_by("-decided_at")
        .values_list("pk", "enrollment", "officer", "officer__office", "attempt", "next")
    )
    for pk, case, first, place, attempt, second in firsts.iterator():
        if second is None or second["officer"] == str(first):  # not over, or by nobody else
            continue
        yield Over(
            first=pk,
            second=uuid.UUID(second["pk"]),
            officer=first,
            office=place,
            drawn=attempt_was_drawn(case, attempt),
            agreed=second["move"] == "approve",
            reasons=second["reasons"] or [],
        )


def _next(officer: Officer) -> Subquery:
    """The decision that came after the first officer's, as JSON."""
    after = decisions_within(officer).filter(
        enrollment=OuterRef("enrollment"),
        move__in=DECIDING,
        decided_at__gt=OuterRef("decided_at"),
    )
    told = JSONObject(pk="pk", officer="officer", move="move", reasons="reasons")
    return Subquery(after.order_by("decided_at").values(told=told)[:1])


def _attempt() -> Coalesce:
    """The attempt that the first officer decided about; a later one has other pictures."""
    before = Finding.objects.filter(
        enrollment=OuterRef("enrollment"), created_at__lte=OuterRef("decided_at")
    ).order_by("-created_at")
    return Coalesce(Subquery(before.values("attempt")[:1]), F("enrollment__selfie_attempts"))


def reasons_in_words() -> dict[str, str]:
    return {one.pk: one.text(get_language()) for one in DecisionReason.objects.all()}

"""What came before: the life of a case, its earlier tries, the citizen's earlier registrations."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from audit.actions import Action
from audit.models import ActorKind, Entry
from offices.models import Officer
from registration.models import Enrollment, Finding
from registration.states import MOVES, WITH_OFFICERS
from verification.findings import Outcome

LIFE = [Action.START, *(Action.of(name) for name in MOVES), Action.CASE_OFFICE_CHANGED]
LONGEST = 200


@dataclass(frozen=True)
class Event:
    """One move of a case: when, what, and who; `officer` is a name where it was an officer."""

    at: datetime
    action: str
    actor: str
    officer: str = ""


@dataclass(frozen=True)
class Attempt:
    """One earlier selfie, by its number, and what its checks did not pass."""

    number: int
    doubts: list[Finding]


def timeline(enrollment: Enrollment, *, blind: bool = False) -> list[Event]:
    """Every move of the case, oldest first, as the log has them; for a blind reader without those
    of officers, who may have said what they think and taken it back.
    """
    moves = Entry.objects.about(enrollment).filter(action__in=LIFE)
    if blind:
        moves = moves.exclude(actor_kind=ActorKind.OFFICER)
    entries = list(moves.order_by("at", "id")[:LONGEST])
    ids = {entry.actor_id for entry in entries if entry.actor_kind == ActorKind.OFFICER}
    names = {str(pk): name for pk, name in _names(ids)}
    return [
        Event(
            at=entry.at,
            action=entry.get_action_display(),
            actor=entry.get_actor_kind_display(),
            officer=names.get(entry.actor_id, ""),
        )
        for entry in entries
    ]


def earlier_attempts(enrollment: Enrollment) -> list[Attempt]:
    """The selfies before the present one, oldest first."""
    findings = enrollment.findings.filter(attempt__lt=enrollment.selfie_attempts)
    return [
        Attempt(number, [finding for finding in group if finding.outcome != Outcome.PASSED])
        for number, group in groupby(findings.order_by("attempt", "id"), attrgetter("attempt"))
    ]


def earlier_registrations(enrollment: Enrollment, officer: Officer) -> list[Enrollment]:
    """Other registrations under the same number, newest first, each with `within_reach`."""
    if enrollment.number_key is None:
        return []
    same = Enrollment.objects.filter(number_key=enrollment.number_key).exclude(pk=enrollment.pk)
    others = list(same.select_related("office").order_by("-created_at"))
    if others:
        within = set(same.visible_to(officer).values_list("pk", flat=True))
        for other in others:
            other.within_reach = other.pk in within
    return others


def is_blind(enrollment: Enrollment, officer: Officer) -> bool:
    """Whether this officer may yet give the second opinion: then the first one stays unread. So it
    is with an appeal, in whose case somebody decided before.
    """
    if enrollment.state not in WITH_OFFICERS or not officer.decides:
        return False
    firsts = enrollment.decisions.in_force().filter(move="pass_to_second")
    another = firsts.exists() and not firsts.filter(officer=officer).exists()
    return enrollment.appealed or another


def _names(ids: set[str]) -> QuerySet[Officer, tuple[uuid.UUID, str]]:
    return Officer.objects.filter(pk__in=ids).values_list("pk", "name")

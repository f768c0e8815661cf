"""What came before: the life of a case, its earlier tries, the citizen's earlier registrations."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from django.db.models import Q

from audit.actions import Action
from audit.models import ActorKind, Entry
from offices.models import Officer
from registration.models import Enrollment, Finding
from registration.models.decisions import DecisionQuerySet
from registration.models.served_exercises import AnswerQuerySet
from registration.states import MOVES, WITH_OFFICERS
from verification.findings import Outcome

LIFE = [Action.START, *(Action.of(name) for name in MOVES), Action.CASE_OFFICE_CHANGED]
OPINIONS = {"approve", "reject", "ask_retake", "pass_to_second"}
LONGEST = 200
OpinionsT = TypeVar("OpinionsT", DecisionQuerySet, AnswerQuerySet)


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


class Move(NamedTuple):
    """An entry of the log, and the name of the move that it tells."""

    entry: Entry
    name: str


def timeline(
    enrollment: Enrollment, *, reader: Officer | None = None, blind: bool = False
) -> list[Event]:
    """Every move of the case, oldest first, as the log has them and this reader may read them."""
    entries = Entry.objects.about(enrollment).filter(action__in=LIFE).order_by("at", "id")
    names = {Action.of(name): name for name in MOVES}
    moves = [Move(one, names.get(Action(one.action), "")) for one in entries[:LONGEST]]
    if reader is not None and may_decide(enrollment.state, reader):
        moves = without_opinions(moves, reader=reader, blind=blind)
    return as_events(moves, names_officers=not blind)


def as_events(moves: list[Move], *, names_officers: bool) -> list[Event]:
    ids = {one.actor_id for one, _name in moves if one.actor_kind == ActorKind.OFFICER}
    people = Officer.objects.filter(pk__in=ids).values_list("pk", "name") if names_officers else []
    names = {str(pk): name for pk, name in people}
    return [
        Event(
            at=entry.at,
            action=str(Action.of(name).label) if name else entry.get_action_display(),
            actor=entry.get_actor_kind_display(),
            officer=names.get(entry.actor_id, ""),
        )
        for entry, name in moves
    ]


def without_opinions(moves: list[Move], *, reader: Officer, blind: bool) -> list[Move]:
    """Without what other officers said and took back; for a blind reader without any that they
    said.
    """
    kept: list[Move] = []
    for move in moves:
        entry, name = move
        of_others = entry.actor_kind == ActorKind.OFFICER and entry.actor_id != str(reader.pk)
        if of_others and name == "take_back":
            said = [one for one in kept if one.entry.actor_id == entry.actor_id]
            kept = [one for one in kept if not said or one is not _last_opinion(said)]
        elif not (of_others and blind and name in OPINIONS):
            kept.append(move)
    return kept


def _last_opinion(moves: list[Move]) -> Move | None:
    return next((one for one in reversed(moves) if one.name in OPINIONS), None)


def readable_decisions(enrollment: Enrollment, reader: Officer, *, blind: bool) -> DecisionQuerySet:
    """What was decided so far. Who may yet decide reads nothing that another took back, and as the
    second officer nothing of the first.
    """
    decided = as_read(enrollment.decisions.all(), reader=reader, blind=blind, at=enrollment.state)
    if blind and enrollment.appealed:
        return decided.filter(decided_at__gte=enrollment.appeal.filed_at)
    return decided


def as_read(decided: OpinionsT, *, at: str, reader: Officer, blind: bool) -> OpinionsT:
    """Decisions or answers, with their officers, as whoever may decide the case may read them."""
    read = decided.select_related("officer")
    if not may_decide(at, reader):
        return read
    firsts = decided.in_force().filter(move="pass_to_second").values("officer")
    read = read.filter(Q(undone_at=None) | Q(officer=reader))
    return read.exclude(officer__in=firsts) if blind else read


def may_decide(state: str, reader: Officer) -> bool:
    return state in WITH_OFFICERS and reader.decides


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
    if not may_decide(enrollment.state, officer):
        return False
    firsts = enrollment.decisions.in_force().filter(move="pass_to_second")
    another = firsts.exists() and not firsts.filter(officer=officer).exists()
    return enrollment.appealed or another

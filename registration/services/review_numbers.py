"""What a supervisor wants to know of the day: what waits, who decided how much, how fast."""

import uuid
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from offices.models import Officer
from offices.scoping import within_reach
from registration.models import Decision, Enrollment
from registration.services.decisions import WOULD_APPROVE
from registration.states import State

OVERTURNED_OVER = timedelta(days=30)
# A case taken just before midnight may be decided after it.
TAKEN_BEFORE = timedelta(hours=12)


@dataclass(frozen=True)
class OfficerDay:
    """One officer's decisions of today; `in_hand` is the median from taking a case to deciding."""

    name: str
    decided: int
    approved: int
    rejected: int
    retakes: int
    passed_on: int
    in_hand: timedelta | None

    @property
    def in_hand_minutes(self) -> str:
        return as_minutes(self.in_hand)


@dataclass(frozen=True)
class Numbers:
    """`oldest`: since when the longest waiting case waits. `overturned` of `seconded` approvals of
    first officers were rejected by the second, in the last 30 days.
    """

    waiting: int
    held: int
    oldest: datetime | None
    decided: int
    in_hand: timedelta | None
    overturned: int
    seconded: int
    officers: list[OfficerDay]

    @property
    def in_hand_minutes(self) -> str:
        return as_minutes(self.in_hand)


def as_minutes(duration: timedelta | None) -> str:
    """Minutes and seconds, `3:05`, or a dash."""
    if duration is None:
        return "-"
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


def supervisors_numbers(officer: Officer) -> Numbers:
    """The figures of the cases within this officer's reach, as they are now."""
    cases = Enrollment.objects.visible_to(officer)
    waiting = cases.waiting().aggregate(count=Count("pk"), oldest=Min("waiting_since"))
    decided = list(
        decisions_within(officer).filter(decided_at__gte=_midnight()).select_related("officer")
    )
    in_hand = times_in_hand(decided, since=_midnight())
    overturned = _overturned(decisions_within(officer))
    return Numbers(
        waiting=waiting["count"],
        oldest=waiting["oldest"],
        held=cases.filter(state=State.IN_REVIEW).count(),
        decided=len(decided),
        in_hand=median_of(list(in_hand.values())),
        overturned=overturned["rejected"],
        seconded=overturned["all"],
        officers=_by_officer(decided, in_hand),
    )


def decisions_within(officer: Officer) -> QuerySet[Decision]:
    """Those of the own reach. What an appeal was against stays with the office that decided it."""
    before = Q(decided_at__lt=F("enrollment__appeal__filed_at"))
    after = Q(enrollment__appeal=None) | Q(decided_at__gte=F("enrollment__appeal__filed_at"))
    here = within_reach(officer, "enrollment__office") & after
    there = within_reach(officer, "enrollment__appeal__from_office") & before
    return Decision.objects.in_force().filter(here | there)


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def times_in_hand(decisions: list[Decision], *, since: datetime) -> dict[uuid.UUID, timedelta]:
    """How long each decided case was held by who decided it, from the log's `take` entries."""
    ids = [str(decision.enrollment_id) for decision in decisions]
    entries = Entry.objects.filter(
        action__in=[Action.TAKE, Action.TAKE_SECOND],
        subject_type=Enrollment._meta.label_lower,
        subject_id__in=ids,
        at__gte=since - TAKEN_BEFORE,
    ).order_by("at")
    taken = defaultdict(list)
    for subject, actor, at in entries.values_list("subject_id", "actor_id", "at"):
        taken[subject, actor].append(at)
    times = {}
    for decision in decisions:
        before = taken[str(decision.enrollment_id), str(decision.officer_id)]
        place = bisect_right(before, decision.decided_at)
        if place:
            times[decision.pk] = decision.decided_at - before[place - 1]
    return times


def _by_officer(decisions: list[Decision], in_hand: dict[uuid.UUID, timedelta]) -> list[OfficerDay]:
    names = {decision.officer_id: decision.officer.name for decision in decisions}
    moves = Counter((decision.officer_id, decision.move) for decision in decisions)
    days = [
        OfficerDay(
            name=name,
            decided=sum(count for (who, _), count in moves.items() if who == pk),
            approved=moves[pk, "approve"],
            rejected=moves[pk, "reject"],
            retakes=moves[pk, "ask_retake"],
            passed_on=moves[pk, "pass_to_second"],
            in_hand=median_of(
                [in_hand[one.pk] for one in decisions if one.officer_id == pk and one.pk in in_hand]
            ),
        )
        for pk, name in names.items()
    ]
    return sorted(days, key=lambda day: (-day.decided, day.name))


def _overturned(decisions: QuerySet[Decision]) -> dict[str, int]:
    first = Decision.objects.in_force().filter(
        enrollment=OuterRef("enrollment"),
        reason=WOULD_APPROVE,
        decided_at__lt=OuterRef("decided_at"),
    )
    final = decisions.filter(
        Exists(first),
        move__in=["approve", "reject"],
        decided_at__gte=timezone.now() - OVERTURNED_OVER,
    )
    return final.aggregate(all=Count("pk"), rejected=Count("pk", filter=Q(move="reject")))


def median_of(times: list[timedelta]) -> timedelta | None:
    if not times:
        return None
    return timedelta(seconds=median(time.total_seconds() for time in times))

"""Which cases a wish comes to, and where each would go. Reads only."""

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from offices.models import Office, Officer
from offices.roles import DECIDING, Role
from offices.scoping import within_reach
from registration.models import Enrollment, Left, ServedExercise, Way
from registration.services.barred import may_be_taken_back, needs_another_than
from registration.services.reassigning.wish import MOST, Wish
from registration.services.review_queue import doubts_of_last_attempt
from registration.states import State


@dataclass(frozen=True)
class Step:
    """One case: the officer it would go to, if to one, or why it stays."""

    case: Enrollment
    to: Officer | None = None
    left: str = ""

    @property
    def why(self) -> str:
        return str(Left(self.left).label) if self.left else ""


@dataclass(frozen=True)
class Plan:
    wish: Wish
    steps: Sequence[Step]
    to_office: Office | None = None

    @property
    def moved(self) -> list[Step]:
        return [step for step in self.steps if not step.left]

    @property
    def holders(self) -> int:
        """How many officers have a case of it in hand."""
        return len({step.case.held_by_id for step in self.moved if step.case.held_by_id})

    @property
    def stay(self) -> dict[str, int]:
        """Reason -> how many cases stay for it."""
        return dict(Counter(step.left for step in self.steps if step.left))

    def digest(self) -> str:
        """Another one as soon as a case has gone on, or would go elsewhere."""
        seen = [
            [*mark_of(step.case), str(step.to and step.to.pk), step.left] for step in self.steps
        ]
        return hashlib.sha256(json.dumps([self.wish.as_json(), seen]).encode()).hexdigest()


def mark_of(case: Enrollment) -> list[str]:
    """What is another once somebody took, decided or moved the case."""
    known = (case.pk, case.state, case.held_by_id, case.office_id, case.state_since.isoformat())
    return [str(one) for one in known]


def plan_of(wish: Wish, *, by: Officer) -> Plan:
    """As it would be this moment, within the reach of whoever asks."""
    cases = list(_chosen(wish, by).select_related("office", "held_by", "appeal")[:MOST])
    if wish.way == Way.HANDS_BACK:
        return Plan(wish, [Step(case) for case in cases])
    fresh = _ids(cases, may_be_taken_back())
    if wish.way == Way.LINE_MOVED:
        steps = [Step(case, left=_why_not_moved(case, fresh)) for case in cases]
        return Plan(wish, steps, offices_for(by).filter(pk=wish.to_office).first())
    return Plan(wish, _dealt(cases, fresh, _officers(wish, by)))


def deciding_within(by: Officer) -> QuerySet[Officer]:
    """Who may be given a case: those who decide, where this supervisor supervises."""
    deciding = Officer.objects.filter(is_active=True, role__in=DECIDING)
    return deciding.filter(within_reach(by)).order_by("name", "pk")


def offices_for(by: Officer) -> QuerySet[Office]:
    """Where cases may be moved: offices of the own province in which somebody decides. Only who
    answers for the whole province moves them.
    """
    if by.role != Role.PROVINCIAL:
        return Office.objects.none()
    able = Officer.objects.filter(is_active=True, role__in=DECIDING, office=OuterRef("pk"))
    own = Office.objects.filter(province_code=by.province_code)
    return own.filter(Exists(able.exclude(role=Role.PROVINCIAL))).order_by("code")


def free_within(by: Officer) -> QuerySet[Officer]:
    """Of those, who has nothing in hand."""
    holding = Enrollment.objects.filter(held_by=OuterRef("pk"), state=State.IN_REVIEW)
    answering = ServedExercise.objects.filter(held_by=OuterRef("pk"))
    return deciding_within(by).exclude(Exists(holding)).exclude(Exists(answering))


def _chosen(wish: Wish, by: Officer) -> QuerySet[Enrollment]:
    """What is given goes from the head of the line; what leaves the office goes from its end, which
    would wait longest here and is nobody's next.
    """
    light = Enrollment.objects.visible_to(by).defer("reading_sealed", "confirmed_sealed")
    if wish.way in {Way.HANDS_BACK, Way.HANDS_GIVEN}:
        holders = [uuid.UUID(one) for one in wish.officers]
        held = light.filter(state=State.IN_REVIEW, held_by__in=holders)
        return held.order_by("waiting_since", "pk")
    line = light.waiting().filter(office=wish.office)
    if wish.doubt:
        doubts = doubts_of_last_attempt().filter(enrollment=OuterRef("pk"))
        line = line.filter(Exists(doubts.filter(check_name=wish.doubt)))
    order = ("-waiting_since", "-pk") if wish.way == Way.LINE_MOVED else ("waiting_since", "pk")
    return line.order_by(*order)[: wish.count]


def _why_not_moved(case: Enrollment, fresh: set[uuid.UUID]) -> str:
    if case.appealed:
        return Left.APPEAL
    return Left.FRESH if case.pk in fresh else ""


def _officers(wish: Wish, by: Officer) -> list[Officer]:
    return list(free_within(by).filter(pk__in=wish.to)) if wish.to else []


def _dealt(cases: list[Enrollment], fresh: set[uuid.UUID], officers: list[Officer]) -> list[Step]:
    """One each: nobody has two in hand, and nobody one that needs another person."""
    may = {officer: _open_to(officer, cases) for officer in officers}
    steps = []
    for case in cases:
        if case.pk in fresh:
            steps.append(Step(case, left=Left.FRESH))
            continue
        to = next((officer for officer in may if case.pk in may[officer]), None)
        if to is not None:
            del may[to]
        steps.append(Step(case, to, "" if to else Left.NO_HANDS))
    return steps


def _open_to(officer: Officer, cases: list[Enrollment]) -> set[uuid.UUID]:
    among = Enrollment.objects.visible_to(officer).filter(pk__in=[case.pk for case in cases])
    return set(among.exclude(needs_another_than(officer)).values_list("pk", flat=True))


def _ids(cases: list[Enrollment], condition: Q) -> set[uuid.UUID]:
    among = Enrollment.objects.filter(condition, pk__in=[case.pk for case in cases])
    return set(among.values_list("pk", flat=True))

"""Which cases an officer is kept from: as conditions on enrollments."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from offices.models import Officer
from registration.models import (
    CounterVisit,
    Decision,
    Enrollment,
    GuardedAct,
    SecondPersonRequest,
    appeals_against_own,
    barred_from,
)
from registration.states import State


def may_be_taken_back() -> Q:
    """Passed on a moment ago: until that can no longer be taken back it is nobody else's."""
    fresh = timezone.now() - settings.DECISION_UNDONE_WITHIN
    return Q(state=State.SECOND_REVIEW, state_since__gt=fresh)


def needs_another_than(officer: Officer) -> Q:
    """What this officer passed on, also after a second one gave it back, registered at the counter,
    or had opened again: two people look at it, whatever its state. And appeals against
    what the officer had a hand in.
    """
    passed_on = Decision.objects.in_force().filter(officer=officer, move="pass_to_second")
    visits = CounterVisit.objects.filter(officer=officer)
    opened = SecondPersonRequest.objects.filter(asked_by=officer, act=GuardedAct.REOPEN)
    mine = (passed_on.values("enrollment_id"), visits.values("pk"), opened.values("enrollment_id"))
    also = Q(pk__in=mine[2]) | Q(pk__in=barred_from(officer)) | appeals_against_own(officer)
    return Q(pk__in=mine[0]) | Q(pk__in=mine[1]) | also


def is_for_a_colleague(case: Enrollment, officer: Officer) -> bool:
    return Enrollment.objects.filter(needs_another_than(officer), pk=case.pk).exists()

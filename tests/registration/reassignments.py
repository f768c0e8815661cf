"""Cases in hands and in the queue, and wishes to have them moved."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from offices.models import Officer
from registration.errors import Refused
from registration.models import Enrollment, Way
from registration.services import review
from registration.services.reassigning.carrying_out import reassign_cases
from registration.services.reassigning.plan import plan_of
from registration.services.reassigning.wish import Wish
from registration.states import State
from tests.factories import EnrollmentFactory

WHY = "They went home ill at noon."


def ago(**period):
    return timezone.now() - timedelta(**period)


def waiting(count: int, **more) -> list[Enrollment]:
    """The first has waited longest."""
    return [
        EnrollmentFactory(state=State.WAITING_REVIEW, state_since=ago(hours=count - place), **more)
        for place in range(count)
    ]


def held(officers) -> list[Enrollment]:
    return [
        review.take_case(case, officer=officer)
        for case, officer in zip(waiting(len(officers)), officers, strict=True)
    ]


def wished(way: Way, **more) -> Wish:
    return Wish(way=way, reason=WHY, **more)


def from_hands(officers, way: Way = Way.HANDS_BACK, **more) -> Wish:
    return wished(way, officers=[str(one.pk) for one in officers], **more)


def do(wish: Wish, by: Officer):
    return reassign_cases(wish, by=by, shown=plan_of(wish, by=by).digest())


def refused(work) -> str:
    try:
        work()
    except Refused as refusal:
        return refusal.code
    except PermissionDenied:
        return "denied"
    return ""


def now_held_by() -> dict:
    return dict(Enrollment.objects.values_list("pk", "held_by"))

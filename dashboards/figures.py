"""The figures of the administrator's page. A sign-up is a digital ID issued on a Bangkok day."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from identity.models import DigitalID
from registration.models import Enrollment
from registration.states import OPEN, State
from rollout.models import Phase

SERIES_DAYS = 30


@dataclass(frozen=True)
class DayCount:
    day: datetime.date
    count: int


@dataclass(frozen=True)
class Overview:
    as_of: datetime.datetime
    today: int
    yesterday: int
    total: int
    phase: Phase | None
    series: list[DayCount]
    open_enrollments: int
    waiting: int
    rejected: int

    @property
    def share(self) -> float:
        """Percent of the phase's capacity in use."""
        return 100 * self.total / self.phase.capacity if self.phase else 0.0


def overview() -> Overview:
    """Everything the page shows, in four queries."""
    now = timezone.localtime()
    by_day = dict(
        DigitalID.objects.filter(issued_at__gte=_midnight(now.date(), days_ago=SERIES_DAYS - 1))
        .annotate(day=TruncDate("issued_at"))
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    days = [now.date() - datetime.timedelta(days=back) for back in reversed(range(SERIES_DAYS))]
    states = dict(Enrollment.objects.values_list("state").annotate(count=Count("pk")))
    waiting = (State.WAITING_REVIEW, State.IN_REVIEW, State.SECOND_REVIEW)
    return Overview(
        as_of=now,
        today=by_day.get(days[-1], 0),
        yesterday=by_day.get(days[-2], 0),
        total=DigitalID.objects.count(),
        phase=Phase.objects.filter(starts_on__lte=now.date()).last(),
        series=[DayCount(day, by_day.get(day, 0)) for day in days],
        open_enrollments=sum(states.get(state, 0) for state in OPEN),
        waiting=sum(states.get(state, 0) for state in waiting),
        rejected=states.get(State.REJECTED, 0),
    )


def _midnight(day: datetime.date, *, days_ago: int) -> datetime.datetime:
    start = datetime.datetime.combine(day - datetime.timedelta(days=days_ago), datetime.time())
    return timezone.make_aware(start)

"""What workers and officers did of late, and who of the called came: what the speed rests on."""

from datetime import datetime, timedelta
from math import floor

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMinute

from core.outbox.models import Job, JobState
from registration.models import Channel, Decision, Enrollment
from registration.states import WITH_OFFICERS
from rollout.line.course import Course
from rollout.line.speed import Seen
from rollout.line.tickets import last_drawn
from rollout.models import UsedTicket

BEST_OF, RECENT, WEEK = timedelta(minutes=30), timedelta(hours=1), timedelta(days=7)
WORKING_DAYS = 5
FEW = 50  # from fewer nothing is concluded
JOBS_AT_LEAST, JOBS_AT_MOST = 1.0, 6.0
# Of the called, those who had some minutes to come and whose turn was not long ago.
CAME_SINCE, CAME_UNTIL = timedelta(minutes=10), timedelta(minutes=2)
OF_THE_WEEK, KEPT_SECONDS = "line-week", 300  # costs a look at a week; it changes slowly


def see(course: Course | None, now: datetime) -> Seen:
    cases = Enrollment.objects.filter(state__in=WITH_OFFICERS).count()
    decisions, share = _of_the_week(now, cases)
    return Seen(
        jobs_waiting=_citizens_jobs()
        .filter(state__in=[JobState.READY, JobState.CLAIMED], not_before__lte=now)
        .count(),
        best_minute=_best_minute(now),
        jobs_a_start=_jobs_a_start(now),
        cases_waiting=cases,
        decisions_a_day=decisions,
        cases_a_start=share,
        used=used_share(course, now) if course else 1.0,
    )


def used_share(course: Course, now: datetime) -> float:
    """Of the numbers called some minutes ago, the share that began; 1 where they were few. Those
    drawn before this course began were another line's.
    """
    since = floor(max(course.reached(now - CAME_SINCE), course.legs[0].position))
    until = min(floor(course.reached(now - CAME_UNTIL)), last_drawn())
    if until - since < FEW:
        return 1.0
    used = UsedTicket.objects.filter(number__gt=since, number__lte=until).count()
    return used / (until - since)


def _citizens_jobs() -> QuerySet[Job]:
    return Job.objects.exclude(kind__in=settings.JOB_QUEUES)


def _best_minute(now: datetime) -> float:
    done = _citizens_jobs().filter(state=JobState.DONE, finished_at__gte=now - BEST_OF)
    minutes = done.annotate(minute=TruncMinute("finished_at")).values("minute")
    best = minutes.annotate(count=Count("pk")).order_by("-count").values_list("count", flat=True)
    return float(best.first() or 0)


def _jobs_a_start(now: datetime) -> float:
    begun = _begun(now - RECENT)
    if begun < FEW:
        return settings.LINE_JOBS_A_START
    done = _citizens_jobs().filter(state=JobState.DONE, finished_at__gte=now - RECENT).count()
    return min(JOBS_AT_MOST, max(JOBS_AT_LEAST, done / begun))


def _of_the_week(now: datetime, cases: int) -> tuple[float, float]:
    """Decisions of a working day, and cases a start: decided and waiting, over what was begun."""
    decided, begun = cache.get(OF_THE_WEEK) or (None, 0)
    if decided is None:
        made = Decision.objects.filter(decided_at__gte=now - WEEK, undone_at=None)
        decided, begun = made.count(), _begun(now - WEEK)
        cache.set(OF_THE_WEEK, (decided, begun), timeout=KEPT_SECONDS)
    share = min(1.0, (decided + cases) / begun) if begun >= FEW else 0.0
    return decided / WORKING_DAYS, share


def _begun(since: datetime) -> int:
    begun = Enrollment.objects.filter(created_at__gte=since)
    return begun.exclude(channel=Channel.OFFICE).count()

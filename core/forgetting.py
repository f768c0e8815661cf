"""What core keeps for a while and nobody asks for afterwards."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from core.housekeeping import forget_rows
from core.outbox.models import Job, JobState
from core.sending.models import Delivery

DONE = Job.objects.filter(state__in=[JobState.DONE, JobState.DROPPED])
GIVEN_UP = Job.objects.filter(state=JobState.PARKED)

forget_rows("jobs", DONE, field="finished_at", kept=lambda: settings.DONE_JOBS_KEPT)
forget_rows("jobs_given_up", GIVEN_UP, field="finished_at", kept=lambda: settings.PARKED_JOBS_KEPT)
forget_rows(
    "deliveries", Delivery.objects.all(), field="noted_at", kept=lambda: settings.DELIVERIES_KEPT
)
forget_rows("sessions", Session.objects.all(), field="expire_date", kept=timedelta)
forget_rows(
    "staff_sessions",
    UserSession.objects.all(),
    field="last_seen_at",
    kept=lambda: timedelta(seconds=settings.SESSION_COOKIE_AGE),
)

"""A line that is kept, in a state that the test says."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from rollout.line import snapshot, tickets
from rollout.models import LineRule, Stretch


def keep_line(mode: str = "itself", per_minute: int = 0) -> None:
    rule = LineRule(pk=1, mode=mode, per_minute=per_minute)
    rule.save()
    snapshot.look_anew()


def stands_at(
    position: float, *, per_minute: float = 0.0, since: datetime | None = None, over: int = 0
) -> None:
    """The line has this course and no other; `position` counts from the last number drawn."""
    Stretch.objects.all().delete()
    at = max(0.0, tickets.last_drawn() + position)
    Stretch.objects.create(
        since=since or timezone.now(), position=at, per_minute=per_minute, over=over
    )
    snapshot.look_anew()


def called_all_at(moment: datetime) -> None:
    """Every number drawn so far was called at that moment, and nobody since."""
    Stretch.objects.all().delete()
    last = float(tickets.last_drawn())
    earlier = moment - timedelta(minutes=1)
    Stretch.objects.create(since=earlier, position=0, per_minute=last)
    Stretch.objects.create(since=moment + timedelta(seconds=1), position=last, per_minute=0.0)
    Stretch.objects.create(since=timezone.now(), position=last, per_minute=0.0)
    snapshot.look_anew()


def drawn_before(count: int) -> None:
    """So many numbers were drawn by others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rollout_ticket') FROM generate_series(1, %s)", [count])
    snapshot.look_anew()


def cookie() -> str:
    return settings.TICKET_COOKIE_NAME

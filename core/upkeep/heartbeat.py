"""Whether work that begins by itself is done: beat, Redis, the default worker and the database.

A process that is alive proves nothing; a row that the work itself has written does. One of the
future was written before the clock was set back, and says as little as an old one.
"""

from datetime import timedelta

from django.utils import timezone

from core.upkeep.models import Progress

NAME = "heartbeat"
LASTS = timedelta(seconds=60)  # it is written every five


def note_heartbeat() -> None:
    Progress.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})


def heartbeat_age() -> float:
    """Seconds between now and the last one, whichever way; infinity where there never was one."""
    last = Progress.objects.filter(name=NAME).values_list("at", flat=True).first()
    return abs((timezone.now() - last).total_seconds()) if last else float("inf")


def work_is_done() -> bool:
    return heartbeat_age() < LASTS.total_seconds()

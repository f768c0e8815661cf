"""How the line stands, for administrators and for metrics: from the database, not from a process's
snapshot.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from rollout.line.moving import course_kept
from rollout.line.standing import minutes_to_wait
from rollout.line.tickets import last_drawn
from rollout.models import Mode, UsedTicket, rule_in_force

BEGAN_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True)
class LineFigures:
    """`waiting`: tickets not called yet; `per_minute`: how many are called; `begun`: how many began
    a minute, of late; `least` and `most`: what whoever comes now is told, in minutes.
    """

    mode: Mode
    waiting: int = 0
    per_minute: float = 0.0
    begun: float = 0.0
    least: int | None = None
    most: int | None = None


def line_figures() -> LineFigures:
    mode, course, now = Mode(rule_in_force().mode), course_kept(), timezone.now()
    if mode == Mode.OFF or course is None:
        return LineFigures(mode)
    waiting = max(0, last_drawn() - course.called(now))
    least, most = minutes_to_wait(waiting, course, now) if waiting else (0, 0)
    begun = UsedTicket.objects.filter(used_at__gte=now - BEGAN_WITHIN, used_at__lte=now).count()
    per_minute = begun / (BEGAN_WITHIN / timedelta(minutes=1))
    return LineFigures(mode, waiting, course.speed(now), per_minute, least, most)

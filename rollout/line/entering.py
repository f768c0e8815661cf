"""Who begins now, and who has to wait: asked within the transaction that begins a registration."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from core.origin import current_origin
from core.rate_limit import TooMany, allowed, seconds_left
from registration.errors import HasToWait
from rollout.line import snapshot
from rollout.line.course import Course
from rollout.line.moving import move_line
from rollout.line.standing import ask_again_in
from rollout.line.tickets import draw, number_of, signed
from rollout.models import Mode

NO_BEAT_FOR = timedelta(minutes=1)
USE = """
    INSERT INTO rollout_usedticket (number, used_at) VALUES (%s, %s)
    ON CONFLICT (number) DO NOTHING
"""


def keep_moving(*, now: datetime | None = None) -> None:
    """Where no beat moves the line, or a clock was set back, whoever comes does: in a transaction
    of its own, which stays where this one has to wait.
    """
    kept, now = snapshot.present(), now or timezone.now()
    if not current_origin() or kept.mode == Mode.OFF:
        return
    if kept.course is None or abs(now - kept.course.now.since) >= NO_BEAT_FOR:
        move_line(now=now, wait=kept.course is None)
        snapshot.look_anew()


def enter(ticket: str, *, now: datetime | None = None) -> None:
    """Begin with this ticket, or with a new one where it is none, was used, or its turn is past.

    Raises HasToWait with the ticket to keep where the number is not called yet, and TooMany where a
    network draws too many. What no request asks for does not stand in line.
    """
    if not current_origin():
        return
    now = now or timezone.now()
    course, number = snapshot.present().course, number_of(ticket)
    if course is None:  # no line is kept
        _count_one()
        return
    if number is not None and number > course.called(now):
        raise _has_to_wait(number, course, now)
    if number is not None and number > course.over(now) and _use(number, now):
        return
    _count_one()
    number = draw()
    if number > course.called(now):
        raise _has_to_wait(number, course, now)
    _use(number, now)


def _count_one() -> None:
    """By networks, where numbers are drawn: whoever is called has been counted."""
    if not allowed("start", current_origin()):
        raise TooMany(wait=seconds_left("start"))


def _use(number: int, now: datetime) -> bool:
    """Whether this is the first time; of two at one moment the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute(USE, [number, now])
        return bool(cursor.rowcount)


def _has_to_wait(number: int, course: Course, now: datetime) -> HasToWait:
    return HasToWait(signed(number), number=number, again=ask_again_in(number, course, now))

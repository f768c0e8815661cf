"""The one writer of the line's course: at each beat, at a lever, and where no beat comes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from rollout.line.course import Course, Leg
from rollout.line.seeing import see
from rollout.line.speed import Bound, Seen, Speed, speed_of, steady
from rollout.line.tickets import last_drawn
from rollout.models import LineRule, Mode, Stretch, rule_in_force

KEPT = timedelta(hours=1)  # of the course; a turn and what estimates look at are shorter
LOCK, TRY_LOCK = "SELECT pg_advisory_xact_lock(%s)", "SELECT pg_try_advisory_xact_lock(%s)"
BEAT = Actor.system("line")
THE_LINE = 0x11E  # the lock's number: whoever moves the line holds it


@transaction.atomic
def move_line(
    *, now: datetime | None = None, seen: Seen | None = None, wait: bool = False
) -> Course | None:
    """Set the speed anew by what is seen, and take back what the line ran ahead of those who come.

    None where somebody else is at it (not with `wait`), and where no line is kept.
    """
    rule = rule_in_force()
    with connection.cursor() as cursor:
        cursor.execute(LOCK if wait else TRY_LOCK, [THE_LINE])
        if not wait and not cursor.fetchone()[0]:
            return None
    if rule.mode == Mode.OFF:
        return None
    now, before = now or timezone.now(), course_kept()
    speed = _speed(rule, before, seen or see(before, now))
    leg = next_leg(before, speed.per_minute, drawn=last_drawn(), now=now, closed=is_closed(rule))
    made = Stretch.objects.create(
        since=leg.since, position=leg.position, per_minute=leg.per_minute, over=leg.over
    )
    Stretch.objects.filter(since__lt=now - KEPT, pk__lt=made.pk).delete()
    _note(before, leg)
    return Course([*(before.legs if before else ()), leg], settings.LINE_TURN_LASTS)


def course_kept() -> Course | None:
    """As the database has it; None before the line has ever moved."""
    fields = ("since", "position", "per_minute", "over")
    legs = [Leg(*row) for row in Stretch.objects.order_by("pk").values_list(*fields)]
    return Course(legs, settings.LINE_TURN_LASTS) if legs else None


def is_closed(rule: LineRule) -> bool:
    return rule.mode == Mode.CLOSED


def next_leg(
    before: Course | None, per_minute: float, *, drawn: int, now: datetime, closed: bool
) -> Leg:
    """The line goes on where it is, at another speed. Where nobody waits it is ahead of those who
    come by a bounded number, so that they do not; closed, it is not ahead at all.
    """
    ahead = 0.0 if closed else burst(per_minute)
    if before is None:
        return Leg(now, drawn + ahead, per_minute, 0)
    leg = Leg(now, min(before.now.at(now), drawn + ahead), per_minute)
    over = Course([*before.legs, leg], before.turn).over(now)
    return Leg(now, leg.position, per_minute, min(drawn, max(over, before.now.over)))


def burst(per_minute: float) -> float:
    minutes = settings.LINE_BURST_FOR.total_seconds() / 60
    return max(float(settings.LINE_BURST_LEAST), minutes * per_minute)


def _speed(rule: LineRule, before: Course | None, seen: Seen) -> Speed:
    if is_closed(rule):
        return Speed(0.0, Bound.RULE)
    at_most = float(rule.per_minute) if rule.mode == Mode.AT_MOST else None
    speed = speed_of(seen, at_most=at_most)
    if before is None or speed.bound == Bound.RULE:
        return speed
    return Speed(steady(before.now.per_minute, speed.per_minute), speed.bound)


def _note(before: Course | None, leg: Leg) -> None:
    """Whoever waits longer or shorter by it: a change of speed is in the log while some do."""
    waiting = max(0, last_drawn() - int(leg.position))
    was = before.now.per_minute if before else 0.0
    if waiting and leg.per_minute != was:
        record(
            Action.LINE_SPEED,
            None,
            actor=BEAT,
            per_minute_before=round(was, 1),
            per_minute_after=round(leg.per_minute, 1),
            waiting=waiting,
        )

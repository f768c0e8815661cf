"""An office's hours make slots, some weeks ahead. What a supervisor changes, and what becomes of
the appointments then: a change of the week leaves them their time, a closed day calls them off.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appointments import locks
from appointments.models import (
    BANGKOK,
    Appointment,
    AppointmentState,
    Calendar,
    ClosedDay,
    Hours,
    Slot,
)
from appointments.services.telling import plan_called_off
from audit.actions import Action
from audit.services import Actor, record
from offices.models import Office, Officer
from registration.errors import Conflict, Forbidden

MOST_LINES = 20  # of an office's week, as many as an entry of the log takes
Wanted = dict[tuple[datetime, int], bool]


def today() -> date:
    return timezone.localdate()


def last_day() -> date:
    return today() + settings.APPOINTMENTS_AHEAD


@transaction.atomic
def add_hours(hours: Hours, *, officer: Officer, reason: str) -> None:
    """A line more in the week of the officer's office; raises Conflict where it meets another."""
    office = _own_office(officer)
    locks.alone(office.pk)
    hours.office = office
    meeting = Hours.objects.filter(
        office=office, weekday=hours.weekday, begins__lt=hours.ends, ends__gt=hours.begins
    )
    if meeting.exists():
        raise Conflict("hours_meet", _("This overlaps with hours that are there already."))
    if Hours.objects.filter(office=office).count() >= MOST_LINES:
        raise Conflict("too_many_hours", _("There are as many lines as a week takes."))
    hours.save(force_insert=True)
    _changed(office, officer, reason)


@transaction.atomic
def remove_hours(hours: Hours, *, officer: Officer, reason: str) -> int:
    """Take a line away; how many appointments keep their time all the same."""
    office = _own_office(officer)
    locks.alone(office.pk)
    Hours.objects.filter(pk=hours.pk, office=office).delete()
    _changed(office, officer, reason)
    return Slot.objects.filter(office=office, withdrawn=True, starts_at__gt=timezone.now()).count()


@transaction.atomic
def close_day(day: date, *, officer: Officer, reason: str, expected: int) -> int:
    """No appointments on this day: those booked are called off and told. `expected` is how many the
    supervisor was shown; raises Conflict where there are others by now.
    """
    office = _own_office(officer)
    locks.alone(office.pk)
    booked = booked_on(office, day).order_by("pk").select_for_update(of=("self",))
    called_off = list(booked.values_list("pk", flat=True))
    if len(called_off) != expected:
        raise Conflict(
            "others_booked", _("The number of appointments has changed. Please look again.")
        )
    if not ClosedDay.objects.get_or_create(office=office, day=day)[1]:
        raise Conflict("closed_already", _("This day is closed already."))
    Slot.objects.filter(office=office, starts_at__range=bounds(day)).delete()
    mine = Appointment.objects.filter(pk__in=called_off)
    mine.update(state=AppointmentState.CALLED_OFF)
    plan_called_off(called_off)
    record(
        Action.APPOINTMENT_DAY_CLOSED,
        office,
        actor=Actor.officer(officer),
        reason=reason,
        day=day.isoformat(),
        people=len(called_off),
    )
    return len(called_off)


@transaction.atomic
def open_day(closed: ClosedDay, *, officer: Officer, reason: str) -> None:
    """The day has its slots again; who was called off books anew."""
    office = _own_office(officer)
    locks.alone(office.pk)
    ClosedDay.objects.filter(pk=closed.pk, office=office).delete()
    make_slots(office, today(), _opened_until(office))
    record(
        Action.APPOINTMENT_DAY_OPENED,
        office,
        actor=Actor.officer(officer),
        reason=reason,
        day=closed.day.isoformat(),
    )


def booked_on(office: Office, day: date) -> QuerySet[Appointment]:
    """Appointments of that day that are still ahead."""
    return Appointment.objects.filter(
        office=office,
        state=AppointmentState.BOOKED,
        starts_at__range=bounds(day),
        starts_at__gt=timezone.now(),
    )


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day here."""
    return (
        datetime.combine(day, time.min, BANGKOK),
        datetime.combine(day, time.max, BANGKOK),
    )


def make_slots(office: Office, first: date, last: date) -> None:
    """Bring the slots of these days to what the hours say now. Under the office's lock."""
    wanted = _wanted(office, first, last)
    span = (bounds(first)[0], bounds(last)[1])
    there = Slot.objects.filter(office=office, starts_at__range=span)
    there = there.filter(starts_at__gt=timezone.now())
    gone, changed = [], []
    for slot in there:
        kept = wanted.pop((slot.starts_at.astimezone(BANGKOK), slot.number), None)
        if kept is None:
            gone.append(slot.pk)
        elif slot.withdrawn or slot.kept != kept:
            slot.withdrawn, slot.kept = False, kept
            changed.append(slot)
    Slot.objects.filter(pk__in=gone, appointment=None).delete()
    Slot.objects.filter(pk__in=gone).update(withdrawn=True)
    Slot.objects.bulk_update(changed, ["withdrawn", "kept"])
    Slot.objects.bulk_create(
        Slot(office=office, starts_at=starts_at, number=number, kept=kept)
        for (starts_at, number), kept in wanted.items()
        if starts_at > timezone.now()
    )


def open_further() -> Iterator[int]:
    """Make the slots of the days that have come into sight, an office a step."""
    while office := Office.objects.filter(calendar__opened_until__lt=last_day()).first():
        with transaction.atomic():
            locks.alone(office.pk)
            calendar = Calendar.objects.get(pk=office.pk)
            first = max(calendar.opened_until + timedelta(days=1), today())
            if first <= last_day():
                make_slots(office, first, last_day())
            Calendar.objects.filter(pk=office.pk).update(opened_until=last_day())
        yield 1


def _wanted(office: Office, first: date, last: date) -> Wanted:
    """Every slot that the hours ask for: its time and number, and whether it is kept back. Of two
    counters one is; of one counter every second time.
    """
    closed = set(ClosedDay.objects.filter(office=office).values_list("day", flat=True))
    lines = list(Hours.objects.filter(office=office))
    days = [first + timedelta(days=further) for further in range((last - first).days + 1)]
    return {
        (starts_at, number): (turn + number) % 2 == 1
        for day in days
        if day not in closed
        for line in lines
        if line.weekday == day.weekday()
        for turn, starts_at in enumerate(_times(day, line))
        for number in range(line.counters)
    }


def _times(day: date, line: Hours) -> list[datetime]:
    """When an appointment begins; the last one ends with the hours."""
    begins, ends = (datetime.combine(day, edge, BANGKOK) for edge in (line.begins, line.ends))
    each = timedelta(minutes=line.minutes)
    return [begins + turn * each for turn in range((ends - begins) // each)]


def _changed(office: Office, officer: Officer, reason: str) -> None:
    """Within the transaction: the slots follow the week, and the log has what it is now."""
    Calendar.objects.update_or_create(office=office, defaults={"opened_until": last_day()})
    make_slots(office, today(), last_day())
    record(
        Action.APPOINTMENT_HOURS_CHANGED,
        office,
        actor=Actor.officer(officer),
        reason=reason,
        week=[_in_log(line) for line in Hours.objects.filter(office=office)],
    )


def _in_log(line: Hours) -> str:
    span = f"{line.begins:%H.%M}-{line.ends:%H.%M}"
    return f"{line.weekday + 1} {span} {line.minutes} x {line.counters}"


def _opened_until(office: Office) -> date:
    return Calendar.objects.get(pk=office.pk).opened_until


def _own_office(officer: Officer) -> Office:
    if officer.office is None or not officer.manages_office:
        raise Forbidden("not_your_office", _("Only a supervisor changes the hours of an office."))
    return officer.office

"""What time does to appointments: hours are opened further ahead, what is past is forgotten."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from appointments.models import BANGKOK, Appointment, AppointmentState, Calendar, Slot
from appointments.services.opening import last_day, open_further
from core.housekeeping import BATCH, duty, forget_rows

DAY = timedelta(days=1)


def _unopened_since() -> datetime | None:
    """The midnight at which the first day came into sight that has no slots yet."""
    shortest = Calendar.objects.filter(opened_until__lt=last_day()).aggregate(
        first=Min("opened_until")
    )["first"]
    if shortest is None:
        return None
    sight = shortest + DAY - settings.APPOINTMENTS_AHEAD
    return datetime.combine(sight, time.min, BANGKOK)


@duty("appointment_hours", oldest=_unopened_since)
def open_hours() -> Iterator[int]:
    yield from open_further()


def _past() -> datetime:
    """An officer may note who came until the end of the next day."""
    return datetime.combine(timezone.localdate() - DAY, time.min, BANGKOK)


def _oldest_unmarked() -> datetime | None:
    unmarked = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__lt=_past())
    first: datetime | None = unmarked.aggregate(first=Min("starts_at"))["first"]
    return first + 2 * DAY if first else None


@duty("appointments_not_noted", oldest=_oldest_unmarked)
def let_pass() -> Iterator[int]:
    """Of which nobody noted whether they came: neither counts."""
    unmarked = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__lt=_past())
    while ids := list(unmarked.values_list("pk", flat=True)[:BATCH]):
        Appointment.objects.filter(pk__in=ids, state=AppointmentState.BOOKED).update(
            state=AppointmentState.PASSED
        )
        yield len(ids)


forget_rows(
    "appointments",
    Appointment.objects.all(),
    field="starts_at",
    kept=lambda: settings.APPOINTMENTS_KEPT,
)
forget_rows("appointment_slots", Slot.objects.all(), field="starts_at", kept=lambda: DAY)

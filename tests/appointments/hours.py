"""Hours of an office, made by the service, and times in them."""

import datetime

from django.utils import timezone

from appointments.models import BANGKOK, Hours
from appointments.services.opening import add_hours
from offices.models import Officer

MORNING = {"begins": datetime.time(9), "ends": datetime.time(12), "minutes": 30, "counters": 2}
WHY = "the office opens counters"


def open_office(supervisor: Officer, **line) -> None:
    """These hours on each day of the week."""
    for weekday in range(7):
        add_hours(Hours(weekday=weekday, **line), officer=supervisor, reason=WHY)


def in_days(days: int, hour: int = 9, minute: int = 0) -> datetime.datetime:
    """That time of the day so many days from now."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour, minute), BANGKOK)

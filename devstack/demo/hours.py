"""When the sample office gives appointments, as its supervisor would have said so."""

from datetime import time

from appointments.models import Hours, Minutes
from appointments.services.opening import add_hours
from devstack.demo.staff import DOMAIN
from offices.models import Officer

WORKING_DAYS = range(5)
OPEN = ((time(8, 30), time(12)), (time(13), time(16, 30)))
COUNTERS = 2


def open_counters() -> None:
    """Once: hours that somebody has changed since stay as they are."""
    supervisor = Officer.objects.get(email=f"supervisor{DOMAIN}")
    if Hours.objects.filter(office=supervisor.office).exists():
        return
    for weekday in WORKING_DAYS:
        for begins, ends in OPEN:
            hours = Hours(
                weekday=weekday,
                begins=begins,
                ends=ends,
                minutes=Minutes.FIFTEEN,
                counters=COUNTERS,
            )
            add_hours(hours, officer=supervisor, reason="Hours of the sample office")

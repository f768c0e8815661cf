"""Appointments at the counter: an office's hours, the slots they make, and who has taken one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from offices.models import Office
from registration.models import Enrollment
from registration.models.enrollment import new_reference

BANGKOK = ZoneInfo(settings.TIME_ZONE)
MOST_COUNTERS = 20


class Minutes(models.IntegerChoices):
    TEN = 10, _("10 minutes")
    FIFTEEN = 15, _("15 minutes")
    TWENTY = 20, _("20 minutes")
    THIRTY = 30, _("30 minutes")
    SIXTY = 60, _("60 minutes")


class Calendar(models.Model):
    """That an office gives appointments, and the last day its slots are made for."""

    office = models.OneToOneField(Office, models.CASCADE, primary_key=True)
    opened_until = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"calendar of {self.office_id}"


class Hours(models.Model):
    """A line of an office's week: from when to when, how long one takes, at how many counters."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=list(WEEKDAYS.items()))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    minutes = models.PositiveSmallIntegerField(_("one appointment"), choices=Minutes)
    counters = models.PositiveSmallIntegerField(
        _("counters"), validators=[MinValueValidator(1), MaxValueValidator(MOST_COUNTERS)]
    )

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "weekday", "begins"], name="hours_begin_once"
            ),
            models.CheckConstraint(
                condition=models.Q(begins__lt=models.F("ends")), name="hours_end_after_begin"
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.office_id}, day {self.weekday}"


class ClosedDay(models.Model):
    """A day on which an office gives no appointments. Why stands in the log."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="closed_days")
    day = models.DateField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="a_day_is_closed_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} closed on {self.day}"


class AppointmentState(models.TextChoices):
    BOOKED = "booked", _("Booked")
    COME = "come", _("Came")
    MISSED = "missed", _("Did not come")
    PASSED = "passed", _("Not noted")
    CANCELLED = "cancelled", _("Cancelled")
    CALLED_OFF = "called_off", _("Called off by the office")


class Appointment(models.Model):
    """A time at an office's counter. It names nobody: what it knows is the registration or the
    browser it belongs to, and the keyed hash of the code that opens it elsewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=14, unique=True, default=new_reference)
    office = models.ForeignKey(Office, models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField(db_index=True)
    state = models.CharField(
        max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED
    )
    enrollment = models.ForeignKey(
        Enrollment, models.SET_NULL, null=True, related_name="appointments"
    )
    # What was begun at the counter when the citizen came.
    visit = models.ForeignKey(Enrollment, models.SET_NULL, null=True, related_name="+")
    owner = models.UUIDField()  # keyed hash of whose it is: one open at a time
    code_key = models.UUIDField()
    origin = models.CharField(max_length=32, blank=True)  # its network; empty with a known number
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(state=AppointmentState.BOOKED),
                name="one_open_appointment",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="appointment_of_a_day"),
            models.Index(
                fields=["origin"],
                condition=models.Q(state=AppointmentState.BOOKED) & ~models.Q(origin=""),
                name="appointment_of_a_network",
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.reference}"

    @property
    def is_open(self) -> bool:
        return self.state == AppointmentState.BOOKED

    @property
    def is_ahead(self) -> bool:
        """Whether it can still be moved or cancelled."""
        return self.is_open and self.starts_at > timezone.now()

    @property
    def day(self) -> str:
        return local(self.starts_at).date().isoformat()


class Slot(models.Model):
    """One counter for the time of one appointment. Whoever books takes one that nobody has.

    `kept`: for registrations whose number is known, until the day before. `withdrawn`: no longer in
    the office's hours; who has it keeps it, and it is gone when given back.
    """

    office = models.ForeignKey(Office, models.CASCADE)
    starts_at = models.DateTimeField(db_index=True)
    number = models.PositiveSmallIntegerField()
    kept = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    appointment = models.OneToOneField(Appointment, models.SET_NULL, null=True, related_name="slot")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "starts_at", "number"], name="a_slot_is_there_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "starts_at"],
                condition=models.Q(appointment=None),
                name="slot_free",
            )
        ]

    def __str__(self) -> str:
        return f"slot {self.number} at {self.office_id}"


def local(moment: datetime) -> datetime:
    return moment.astimezone(BANGKOK)

"""At the counter: who has an appointment today, whose it is, and whether they came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appointments.models import Appointment, AppointmentState
from appointments.services.opening import bounds
from audit.actions import Action
from audit.services import Actor, record
from offices.models import Office, Officer
from offices.scoping import within_reach
from registration.errors import Conflict, Unknown
from registration.models import Enrollment
from registration.models.enrollment import as_reference
from registration.services.counter import begin_at_counter

GONE = (AppointmentState.CANCELLED, AppointmentState.CALLED_OFF)
MARKS = (AppointmentState.COME, AppointmentState.MISSED)
MOST_LETTERS = 200


@dataclass(frozen=True)
class Kept:
    """How many of an office's appointments of the last days were kept."""

    office: str
    come: int
    missed: int
    unmarked: int

    @property
    def share_missed(self) -> float | None:
        """Of those of which it is known; None where it is of none."""
        known = self.come + self.missed
        return 100 * self.missed / known if known else None


def of_office(officer: Officer) -> QuerySet[Appointment]:
    """Those of the officer's own office: somebody else's are not there."""
    mine = Appointment.objects.select_related("office", "enrollment", "visit")
    return mine.filter(office=officer.office_id)


def listed(officer: Officer, day: date) -> Sequence[Appointment]:
    """The appointments of a day, in order, of times and references alone; the look is recorded."""
    found = of_office(officer).filter(starts_at__range=bounds(day)).exclude(state__in=GONE)
    shown = list(found.order_by("starts_at", "reference"))
    record(
        Action.APPOINTMENTS_LISTED,
        officer.office,
        actor=Actor.officer(officer),
        day=day.isoformat(),
        found=len(shown),
    )
    return shown


def find_by_code(scanned: str, *, officer: Officer) -> Appointment:
    """What a QR code or somebody's typing names, in the officer's own office; raises Unknown, also
    for one of another office. The code is an address whose end is the reference.
    """
    reference = as_reference(re.split(r"[#/]", scanned.strip()[:MOST_LETTERS])[-1])
    found = of_office(officer).filter(reference=reference).first()
    if found is None:
        raise Unknown(
            "no_such_appointment", _("Your office has no appointment with this reference.")
        )
    return found


def note_opened(appointment: Appointment, *, officer: Officer) -> None:
    """Whose registration it is reads later who opened it."""
    record(
        Action.APPOINTMENT_OPENED,
        appointment.enrollment or appointment,
        actor=Actor.officer(officer),
        subject_office=appointment.office_id,
        day=appointment.day,
    )


@transaction.atomic
def mark(appointment: Appointment, state: str, *, officer: Officer) -> Appointment:
    """Came, or did not; on the day itself and the day after, and never before the time."""
    locked = of_office(officer).select_for_update(of=("self",)).get(pk=appointment.pk)
    if state not in MARKS or not can_be_marked(locked, state):
        raise Conflict("cannot_be_marked", _("This appointment cannot be noted so now."))
    if locked.state == state:
        return locked
    locked.state = AppointmentState(state)
    locked.save(update_fields=["state"])
    record(
        Action.APPOINTMENT_MARKED,
        locked.enrollment or locked,
        actor=Actor.officer(officer),
        subject_office=locked.office_id,
        mark=state,
    )
    return locked


@transaction.atomic
def begin(
    appointment: Appointment, *, officer: Officer, language: str, renewal: bool
) -> Enrollment:
    """Note that the citizen came, and begin a registration at the counter.

    A new one, also where the citizen began alone: what was photographed at home was not seen here,
    and this officer answers for what is. Twice at once is one visit.
    """
    locked = of_office(officer).select_for_update(of=("self",)).get(pk=appointment.pk)
    if locked.visit is not None:
        return locked.visit
    if locked.state != AppointmentState.COME:
        mark(locked, AppointmentState.COME, officer=officer)
    locked.visit = begin_at_counter(officer=officer, language=language, renewal=renewal)
    locked.save(update_fields=["visit"])
    return locked.visit


def can_be_marked(appointment: Appointment, state: str) -> bool:
    """Somebody may come early on the day; nobody is missing before the time."""
    now, first = timezone.now(), bounds(date.fromisoformat(appointment.day))[0]
    since = first if state == AppointmentState.COME else appointment.starts_at
    return appointment.state not in GONE and since <= now < first + timedelta(days=2)


def kept_of(officer: Officer) -> list[Kept]:
    """Of each office within reach that had appointments, as long as they are kept."""
    since = timezone.now() - settings.APPOINTMENTS_KEPT
    past = Appointment.objects.filter(
        within_reach(officer), starts_at__range=(since, timezone.now())
    ).exclude(state__in=GONE)
    counts = past.values("office").annotate(
        come=Count("pk", filter=Q(state=AppointmentState.COME)),
        missed=Count("pk", filter=Q(state=AppointmentState.MISSED)),
        all=Count("pk"),
    )
    rows = list(counts.order_by("office"))
    offices = Office.objects.in_bulk([row["office"] for row in rows])
    return [
        Kept(
            offices[row["office"]].name,
            come=row["come"],
            missed=row["missed"],
            unmarked=row["all"] - row["come"] - row["missed"],
        )
        for row in rows
    ]

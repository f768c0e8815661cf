"""An appointment is booked, moved and cancelled by whose it is."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appointments import locks
from appointments.models import Appointment, AppointmentState
from appointments.services.codes import code_key
from appointments.services.owners import Owner, actor_of
from appointments.services.slots import give_back, take_slot
from appointments.services.telling import plan_reminder
from audit.actions import Action
from audit.services import record
from core.origin import current_origin
from offices.models import Office
from registration.errors import Conflict, Refused

DIGITS = 6
NOT_FREE = _("This time has just been taken by others. Please choose another one.")


class TooManyOpen(Refused):
    """From this network as many are open as may be."""

    status = 429


@transaction.atomic
def book(office: Office, starts_at: datetime, *, owner: Owner) -> tuple[Appointment, str]:
    """A slot at this time, and the code that opens the appointment elsewhere. Raises Conflict
    where nothing is left then or the owner has one that is open, TooManyOpen.
    """
    _check_in_sight(starts_at)
    locks.beside_each_other([office.pk])
    origin = "" if owner.is_known else current_origin()
    _admit(origin)
    _let_go_of_what_passed(owner)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    made = Appointment(
        office=office, starts_at=starts_at, owner=owner.key, enrollment=owner.enrollment,
        origin=origin,
    )  # fmt: skip
    made.code_key = code_key(code, made.pk)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            "appointment_exists", _("You have an appointment already. It can be moved.")
        ) from error
    _take(made, known=owner.is_known)
    record(
        Action.APPOINTMENT_BOOKED,
        made,
        actor=owner.actor,
        subject_office=office.pk,
        day=made.day,
    )
    return made, code


@transaction.atomic
def move(appointment: Appointment, office: Office, starts_at: datetime) -> Appointment:
    """To another time or office; it keeps its slot where there is none at the new one."""
    _check_in_sight(starts_at)
    locks.beside_each_other([appointment.office_id, office.pk])
    locked = _ahead(appointment)
    if (locked.office_id, locked.starts_at) == (office.pk, starts_at):
        return locked
    previous = locked.day
    give_back(locked)
    locked.office, locked.starts_at = office, starts_at
    _take(locked, known=_is_known(locked))
    locked.save(update_fields=["office", "starts_at"])
    record(
        Action.APPOINTMENT_MOVED,
        locked,
        actor=actor_of(locked.enrollment),
        subject_office=office.pk,
        since=previous,
        day=locked.day,
    )
    return locked


@transaction.atomic
def cancel(appointment: Appointment) -> Appointment:
    """The slot is free for others at once. Twice is as good as once."""
    locks.beside_each_other([appointment.office_id])
    if (locked := _locked(appointment)).state == AppointmentState.CANCELLED:
        return locked
    locked = _ahead(appointment)
    give_back(locked)
    locked.state = AppointmentState.CANCELLED
    locked.save(update_fields=["state"])
    record(
        Action.APPOINTMENT_CANCELLED,
        locked,
        actor=actor_of(locked.enrollment),
        subject_office=locked.office_id,
        day=locked.day,
    )
    return locked


def open_appointment(owner: Owner) -> Appointment | None:
    """The one that is open, also past its time while that day lasts."""
    mine = Appointment.objects.select_related("office", "enrollment")
    return mine.filter(owner=owner.key, state=AppointmentState.BOOKED).first()


def _check_in_sight(starts_at: datetime) -> None:
    """Also what no calendar has: year 9999, or an offset that the database does not know."""
    ahead = starts_at - timezone.now()
    if not timedelta() < ahead < settings.APPOINTMENTS_AHEAD + timedelta(days=1):
        raise Conflict("time_taken", NOT_FREE)


def _admit(origin: str) -> None:
    if not origin:
        return
    locks.one_of_network(origin)
    theirs = Appointment.objects.filter(origin=origin, state=AppointmentState.BOOKED)
    if theirs.filter(starts_at__gt=timezone.now()).count() >= settings.APPOINTMENTS_OF_NETWORK:
        raise TooManyOpen(
            "appointments_of_network",
            _(
                "From this network many appointments are booked already. Begin your registration "
                "first, use another network, or go to an office without an appointment."
            ),
        )


def _let_go_of_what_passed(owner: Owner) -> None:
    """Whoever missed the time may book another."""
    past = Appointment.objects.filter(owner=owner.key, state=AppointmentState.BOOKED)
    past.filter(starts_at__lt=timezone.now()).update(state=AppointmentState.PASSED)


def _take(appointment: Appointment, *, known: bool) -> None:
    if not take_slot(appointment, known=known):
        raise Conflict("time_taken", NOT_FREE)
    plan_reminder(appointment)


def _is_known(appointment: Appointment) -> bool:
    enrollment = appointment.enrollment
    return enrollment is not None and enrollment.number_key is not None


def _ahead(appointment: Appointment) -> Appointment:
    """Locked; raises Conflict where it is over, or called off."""
    locked = _locked(appointment)
    if not locked.is_ahead:
        raise Conflict(
            "appointment_over", _("This appointment can no longer be changed. Book another one.")
        )
    return locked


def _locked(appointment: Appointment) -> Appointment:
    """As it is now; raises Conflict where it has left the office whose lock is held for it."""
    locked = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if locked.office_id != appointment.office_id:
        raise Conflict(
            "appointment_moved",
            _("This appointment has just been moved in another window. Look at its time again."),
        )
    return locked

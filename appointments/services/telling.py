"""A word to whoever left an address with the registration: the day before, and when the office is
closed on that day. Others read it where they booked. No name, no link, no code.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from appointments.models import Appointment, AppointmentState
from core.outbox.services import enqueue, enqueue_many
from core.sending.senders import Message
from core.sending.services import deliver_once
from core.templatetags.thai import people_time
from core.typing import StrOrPromise
from registration.models import Contact

REMIND, TELL_CALLED_OFF = "appointments.remind", "appointments.tell_called_off"
SUBJECT = _("Your appointment at the registration office")
REMINDER = _(
    "Your appointment is on %(when)s at %(office)s. Bring your ID card. "
    "If you cannot come, cancel it in the D.DOPA portal. We never send links. Help line 1548."
)
CALLED_OFF = _(
    "Your appointment on %(when)s at %(office)s is called off: the office is closed then. "
    "Please choose another time in the D.DOPA portal. We never send links. Help line 1548."
)


def plan_reminder(appointment: Appointment) -> None:
    """Within the transaction of booking or moving; the newest of an appointment counts."""
    wait = appointment.starts_at - settings.APPOINTMENT_REMINDED_BEFORE - timezone.now()
    if appointment.enrollment_id and wait > timedelta():
        enqueue(REMIND, appointment.pk, after=wait)


def plan_called_off(appointments: Iterable[uuid.UUID]) -> None:
    enqueue_many(TELL_CALLED_OFF, appointments)


def remind(pk: uuid.UUID) -> None:
    """If it is still true. Outside a transaction, as what follows."""
    found, now = _find(pk, AppointmentState.BOOKED), timezone.now()
    if found and now < found.starts_at < now + 2 * settings.APPOINTMENT_REMINDED_BEFORE:
        _send(found, REMINDER)


def tell_called_off(pk: uuid.UUID) -> None:
    if found := _find(pk, AppointmentState.CALLED_OFF):
        _send(found, CALLED_OFF)


def _find(pk: uuid.UUID, state: AppointmentState) -> Appointment | None:
    wanted = Appointment.objects.select_related("office", "enrollment")
    return wanted.filter(pk=pk, state=state, enrollment__isnull=False).first()


def _send(appointment: Appointment, sentence: StrOrPromise) -> None:
    """To the address that the registration has now, in its language; nowhere without one."""
    contact = Contact.objects.filter(pk=appointment.enrollment_id).first()
    if contact is None or appointment.enrollment is None:
        return
    with override(appointment.enrollment.language):
        told = {"when": people_time(appointment.starts_at), "office": appointment.office.name}
        what = f"{appointment.state}\n{appointment.starts_at.isoformat()}"
        message = Message(
            key=uuid.uuid5(appointment.pk, what),
            channel=contact.channel,
            to=contact.address,
            subject=str(SUBJECT),
            text=str(sentence) % told,
        )
    deliver_once(message)

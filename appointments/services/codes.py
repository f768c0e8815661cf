"""The reference and the code open an appointment in any browser. Six digits are few: they are kept
as a keyed hash, and guesses are counted by appointment.
"""

import uuid

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from appointments.models import Appointment
from audit.actions import Action
from audit.services import Actor, record
from core.encryption import lookup_key
from core.guard.tries import Door, Origin, count_try, take_back
from registration.errors import Refused, Unknown
from registration.models.enrollment import as_reference


class Paused(Refused):
    """Too many wrong codes: the next has to wait."""

    status = 429


def code_key(code: str, appointment: uuid.UUID) -> uuid.UUID:
    return lookup_key(f"{appointment}\n{code}", kind="appt.code")


def open_by_code(reference: str, code: str, *, origin: Origin) -> Appointment:
    """Raises Unknown for a wrong pair, whichever half is wrong; Paused after too many."""
    said = as_reference(reference)
    door, digits = _door(), "".join(str(int(one)) for one in code if one.isdecimal())
    if count_try(door, said, origin) is None:
        raise Paused("codes_paused", _("Too many wrong codes. Please wait a while and try again."))
    found = Appointment.objects.select_related("office").filter(reference=said).first()
    if found is None or found.code_key != code_key(digits, found.pk):
        record(Action.APPOINTMENT_CODE_WRONG, None, actor=Actor.anonymous())
        raise Unknown(
            "no_such_appointment",
            _("There is no appointment with this reference and code. Please check both."),
        )
    take_back(door, said, origin)
    return found


def _door() -> Door:
    free = settings.APPOINTMENT_CODE_TRIES
    return Door(
        "appointment_code",
        free=free,
        anywhere=2 * free,
        longest=settings.APPOINTMENT_CODE_LONGEST_LOCK,
    )

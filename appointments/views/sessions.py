"""Which appointment a browser has, and whose a new one would be."""

from django.http import HttpRequest

from appointments.models import Appointment
from appointments.services.booking import open_appointment
from appointments.services.owners import Owner, owner_of, owner_of_browser
from registration.models import Enrollment
from registration.views.sessions import enrollment_of

HELD, CODE = "appointment", "appointment_code"


def hold(request: HttpRequest, appointment: Appointment, code: str) -> None:
    """This browser opens it from now on, and shows the code again."""
    request.session[HELD], request.session[CODE] = str(appointment.pk), code


def held_by(request: HttpRequest) -> Appointment | None:
    """The one this browser booked or opened by its code; else that of its registration."""
    pk = request.session.get(HELD)
    known = Appointment.objects.select_related("office", "enrollment")
    held = known.filter(pk=pk).first() if pk else None
    if held is not None and held.is_open:
        return held
    enrollment = _registration(request)
    return (open_appointment(owner_of(enrollment)) if enrollment else None) or held


def code_of(request: HttpRequest, appointment: Appointment) -> str:
    """The code, where this browser has it; else ""."""
    mine = request.session.get(HELD) == str(appointment.pk)
    return request.session.get(CODE, "") if mine else ""


def owner_in(request: HttpRequest) -> Owner:
    """The registration under way here, or the browser: two presses at once are of one owner."""
    enrollment = _registration(request)
    if enrollment is not None:
        return owner_of(enrollment)
    if not request.session.session_key:
        request.session.create()
    return owner_of_browser(str(request.session.session_key))


def is_known(request: HttpRequest) -> bool:
    enrollment = _registration(request)
    return enrollment is not None and owner_of(enrollment).is_known


def _registration(request: HttpRequest) -> Enrollment | None:
    """Whoever came back by reference and number alone does not act for the registration here."""
    enrollment = enrollment_of(request)
    return None if enrollment is None or enrollment.token_limited else enrollment

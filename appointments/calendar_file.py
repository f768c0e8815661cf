"""An appointment as a file for calendars (RFC 5545). Where and when, and the reference: no code."""

from datetime import UTC, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from appointments.models import Appointment
from core.thai_words import plain

LINE = 75  # bytes, RFC 5545, 3.1
LASTS = timedelta(minutes=30)


def calendar_file(appointment: Appointment) -> bytes:
    office = appointment.office
    title = _escaped(_("Digital ID: appointment at the registration office"))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//DOPA//D.DOPA//TH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{appointment.reference}@d.dopa",
        f"DTSTAMP:{timezone.now().astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{appointment.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTEND:{(appointment.starts_at + LASTS).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{title}",
        f"LOCATION:{_escaped(f'{office.name}, {office.province}')}",
        f"DESCRIPTION:{_escaped(_bring(appointment))}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _bring(appointment: Appointment) -> str:
    sentence = _("Bring your ID card. Reference: %(reference)s")
    return sentence % {"reference": appointment.reference}


def _escaped(text: str) -> str:
    text = plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Cut so that no line is too long and no letter is cut in two."""
    rows: list[bytes] = [b""]
    for letter in line:
        encoded = letter.encode()
        if len(rows[-1]) + len(encoded) > LINE - bool(rows[1:]):
            rows.append(b"")
        rows[-1] += encoded
    return b"\r\n ".join(rows) + b"\r\n"

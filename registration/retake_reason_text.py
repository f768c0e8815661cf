"""Why a picture is asked for again, in words for the citizen."""

from registration.models import Decision, Enrollment, RetakeReason
from registration.texts import FACE_HINTS
from verification.findings import Check, Outcome


def retake_reason_text(enrollment: Enrollment) -> str:
    """An officer's words where one asked, else the machine's one most useful hint."""
    reason = RetakeReason(enrollment.retake_reason)
    decision = _asked_by_an_officer(enrollment)
    if decision:
        return decision.message or str(reason.label)
    return str(FACE_HINTS.get(machine_hint(enrollment), reason.label))


def machine_hint(enrollment: Enrollment) -> str:
    """The code of what the machine found in the last selfie; "" where an officer asked."""
    if _asked_by_an_officer(enrollment):
        return ""
    failed = enrollment.findings.filter(
        attempt=enrollment.selfie_attempts,
        check_name__in=[Check.FACE_FOUND, Check.FACE_QUALITY],
        outcome=Outcome.FAILED,
    ).first()
    return str(failed.details.get("hint", "")) if failed else ""


def _asked_by_an_officer(enrollment: Enrollment) -> Decision | None:
    asked = enrollment.decisions.in_force().filter(move="ask_retake")
    return asked.filter(decided_at__gte=enrollment.state_since).last()

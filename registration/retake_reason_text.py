"""Why a picture is asked for again, in words for the citizen."""

from registration.models import Enrollment, RetakeReason
from registration.texts import FACE_HINTS
from verification.findings import Check, Outcome


def why_again(enrollment: Enrollment) -> str:
    """An officer's words where one asked, else the machine's one most useful hint."""
    reason = RetakeReason(enrollment.retake_reason)
    asked = enrollment.decisions.in_force().filter(move="ask_retake")
    decision = asked.filter(decided_at__gte=enrollment.state_since).last()
    if decision:
        return decision.message or str(reason.label)
    return str(FACE_HINTS.get(_hint(enrollment), reason.label))


def _hint(enrollment: Enrollment) -> str:
    failed = enrollment.findings.filter(
        attempt=enrollment.selfie_attempts,
        check_name__in=[Check.FACE_FOUND, Check.FACE_QUALITY],
        outcome=Outcome.FAILED,
    ).first()
    return failed.details.get("hint", "") if failed else ""

"""Why a picture is asked for again, in words for the citizen."""

from typing import NamedTuple

from registration.models import Enrollment, RetakeReason
from registration.texts import FACE_HINTS
from verification.findings import Check, Outcome


class WhyAgain(NamedTuple):
    """`sentence` says what was wrong with which picture, `message` is what an officer wrote."""

    sentence: str
    message: str


def why_again(enrollment: Enrollment) -> WhyAgain:
    """An officer's reason where one asked, else the machine's one most useful hint."""
    reason = RetakeReason(enrollment.retake_reason)
    asked = enrollment.decisions.filter(
        move="ask_retake", decided_at__gte=enrollment.state_since
    ).last()
    if asked:
        return WhyAgain(str(reason.label), asked.message)
    return WhyAgain(str(FACE_HINTS.get(_hint(enrollment), reason.label)), "")


def _hint(enrollment: Enrollment) -> str:
    failed = enrollment.findings.filter(
        attempt=enrollment.selfie_attempts,
        check_name__in=[Check.FACE_FOUND, Check.FACE_QUALITY],
        outcome=Outcome.FAILED,
    ).first()
    return failed.details.get("hint", "") if failed else ""

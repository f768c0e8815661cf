"""What a rejection and the appeal against it are told in: to the citizen, and to who decides it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from core.typing import StrOrPromise
from registration.models import Enrollment
from registration.services.appeals import open_appeal_end


@dataclass(frozen=True)
class ReadAppeal:
    """`reason` and `message` are those of the rejection, without whose it was; `words` are the
    citizen's, "" once they were deleted.
    """

    filed_at: datetime
    reason: StrOrPromise
    message: str
    words: str


def rejection_text(enrollment: Enrollment) -> str:
    """The officer's words; to whoever came by reference and number, the reason alone."""
    decision = enrollment.decisions.in_force().filter(move="reject").last()
    told = decision and not enrollment.token_limited and decision.message
    return told or str(enrollment.get_reject_reason_display())


def last_day(enrollment: Enrollment) -> date | None:
    """The last day for an appeal, where one can be filed now."""
    end = open_appeal_end(enrollment)
    return timezone.localdate(end) - timedelta(days=1) if end else None


def appeal_of(enrollment: Enrollment) -> ReadAppeal | None:
    if not enrollment.appealed:
        return None
    appeal = enrollment.appeal
    earlier = enrollment.decisions.in_force().filter(decided_at__lt=appeal.filed_at, move="reject")
    rejection = earlier.last()
    return ReadAppeal(
        filed_at=appeal.filed_at,
        reason=appeal.get_reason_display(),
        message=rejection.message if rejection else "",
        words=appeal.words or "",
    )

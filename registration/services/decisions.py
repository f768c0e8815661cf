"""What an officer decides: by one or by two, with reasons, and taken back while it is fresh."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.services import Actor
from core.encryption import lookup_key
from core.typing import Json
from offices.models import Officer
from registration.errors import Conflict, Refused
from registration.models import (
    Decision,
    DecisionReason,
    Enrollment,
    Finding,
    RetakeReason,
    enrollment_end,
)
from registration.services.appeals import note_decision
from registration.services.gates import gates
from registration.services.holding import held_now, one_at_a_time, release_held
from registration.services.moves import move
from registration.services.renewing import announce, check_way, give_up
from registration.services.review import check_holder
from registration.states import GAVE_UP
from verification.findings import Outcome

WOULD_APPROVE = "would_approve"
REASON_FIELD = {"reject": "reject_reason", "ask_retake": "retake_reason"}
LONGEST_MESSAGE = 500


@transaction.atomic
def approve_enrollment(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Approve; where it takes two, the first approval passes the case on."""
    held = check_holder(enrollment, officer)
    check_way(held)
    if needs_second_officer(held, officer):
        return _decide(held, "pass_to_second", officer=officer, reason=WOULD_APPROVE)
    approved = _decide(held, "approve", officer=officer)
    announce(approved, actor=Actor.officer(officer))
    return approved


def needs_second_officer(enrollment: Enrollment, officer: Officer) -> bool:
    """Whether this officer's approval only counts together with a colleague's.

    So it is against a failed check, and where the case was drawn. A colleague's word on an earlier
    attempt does not count: it was about other pictures; nor does one from before an appeal.
    """
    of_attempt = Finding.objects.filter(
        enrollment_id=enrollment.pk, attempt=enrollment.selfie_attempts
    )
    failed = of_attempt.filter(outcome=Outcome.FAILED)
    if not (failed.exists() or drawn_for_second(enrollment)):
        return False
    since = of_attempt.aggregate(Max("created_at"))["created_at__max"] or enrollment.created_at
    if enrollment.appealed:
        since = max(since, enrollment.appeal.filed_at)
    seconded = Decision.objects.in_force().filter(
        enrollment_id=enrollment.pk, move="pass_to_second", decided_at__gte=since
    )
    return not seconded.exclude(officer=officer).exists()


def drawn_for_second(enrollment: Enrollment) -> bool:
    """Drawn by a keyed hash: nobody can tell beforehand, and asking again changes nothing."""
    return attempt_was_drawn(enrollment.pk, enrollment.selfie_attempts)


def attempt_was_drawn(case: uuid.UUID, attempt: int) -> bool:
    """So it is by the share of today, for an attempt of any day."""
    ticket = lookup_key(f"{case}:{attempt}", kind="second look")
    return ticket.int < settings.SECOND_LOOK_SHARE * 2**128


def reject_enrollment(
    enrollment: Enrollment, *, officer: Officer, reasons: Sequence[str], message: str = ""
) -> Enrollment:
    return _decide_with(enrollment, "reject", officer=officer, reasons=reasons, message=message)


def ask_for_retake(
    enrollment: Enrollment, *, officer: Officer, reasons: Sequence[str], message: str = ""
) -> Enrollment:
    return _decide_with(enrollment, "ask_retake", officer=officer, reasons=reasons, message=message)


@transaction.atomic
def pass_to_second_officer(
    enrollment: Enrollment, *, officer: Officer, message: str = ""
) -> Enrollment:
    held = check_holder(enrollment, officer)
    return _decide(held, "pass_to_second", officer=officer, message=message)


@transaction.atomic
def undo_decision(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Take one's own decision back while it is fresh and nothing has come of it; the case is then
    in the officer's hands again, and the one taken meanwhile is given back.
    """
    one_at_a_time(officer)
    current = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    decision = current.decisions.in_force().last()
    fresh = timezone.now() - settings.DECISION_UNDONE_WITHIN
    if decision is None or decision.officer_id != officer.pk or decision.decided_at < fresh:
        raise Conflict("too_late", _("This decision can no longer be taken back."))
    if current.state_since > decision.decided_at or not current.can("take_back"):
        raise Conflict("went_on", _("The case has gone on since: the decision stands."))
    if current.state in GAVE_UP and not current.appealed:  # which asked no gate either
        for gate in gates:
            gate.before_accept_terms(current)
    Decision.objects.filter(pk=decision.pk).update(undone_at=timezone.now())
    release_held(officer)
    give_up(current, actor=Actor.officer(officer))
    return move(
        current,
        "take_back",
        actor=Actor.officer(officer),
        changes=held_now(officer) | {"reject_reason": "", "retake_reason": ""},
    )


def draft(reasons: Sequence[DecisionReason], *, language: str) -> str:
    """The message that these reasons make, as the citizen reads it."""
    return "\n".join(reason.text(language) for reason in reasons)


@transaction.atomic
def _decide_with(
    enrollment: Enrollment, name: str, *, officer: Officer, reasons: Sequence[str], message: str
) -> Enrollment:
    """The officer's words go to the citizen; without any, the reasons' own."""
    chosen = list(DecisionReason.objects.filter(move=name, active=True, code__in=reasons))
    if not chosen or len(chosen) != len(set(reasons)):
        raise Refused("reason_missing", _("Please choose a reason."))
    words = message.strip() or draft(chosen, language=enrollment.language)
    return _decide(
        check_holder(enrollment, officer),
        name,
        officer=officer,
        reason=_primary_reason(chosen),
        reasons=[reason.code for reason in chosen],
        message=words[:LONGEST_MESSAGE],
    )


def _primary_reason(reasons: list[DecisionReason]) -> str:
    """Whoever photographs the card again takes the selfie again too: the card goes first."""
    of_card = {reason.value for reason in RetakeReason if reason.concerns_card}
    meant = [reason.stands_for for reason in reasons]
    return next((one for one in meant if one in of_card), meant[0])


def _decide(
    held: Enrollment,
    name: str,
    *,
    officer: Officer,
    reason: str = "",
    reasons: Sequence[str] = (),
    message: str = "",
) -> Enrollment:
    """`held` is the officer's, and locked (check_holder)."""
    changes: Json = {REASON_FIELD[name]: reason} if name in REASON_FIELD else {}
    if held.appealed:
        changes |= {"open_until": enrollment_end()}  # it waited for officers, however long
    moved = move(held, name, actor=Actor.officer(officer), changes=changes, reason_code=reason)
    Decision.objects.create(
        enrollment=moved, officer=officer, move=name, reason=reason, reasons=list(reasons),
        message=message,
    )  # fmt: skip
    note_decision(moved, name, officer=officer)
    return moved

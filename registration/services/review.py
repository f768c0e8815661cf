"""What an officer does with a case. Each is guarded, audited, and one transaction."""

import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.services import Actor, record
from offices.models import Officer
from registration.errors import Conflict, Refused
from registration.models import Decision, Enrollment, Finding, RejectReason, RetakeReason
from registration.services.evidence import load_picture
from registration.services.moves import move
from registration.states import State
from verification.findings import Outcome


def view_case(enrollment: Enrollment, *, officer: Officer) -> None:
    """Leave the mark that an officer looked. This and `view_picture` are what a GET writes."""
    record(
        Action.CASE_VIEWED,
        enrollment,
        actor=Actor.officer(officer),
        subject_office=enrollment.office_id or "",
    )


def view_picture(enrollment: Enrollment, kind: str, *, officer: Officer) -> bytes | None:
    """The current picture of a kind, and the mark that an officer saw it: pictures of another case
    are also seen from the case that they are compared with.
    """
    picture = load_picture(enrollment, kind)
    if picture is not None:
        record(
            Action.CASE_IMAGE_VIEWED,
            enrollment,
            actor=Actor.officer(officer),
            subject_office=enrollment.office_id or "",
            kind=kind,
        )
    return picture


@transaction.atomic
def take_next_case(officer: Officer) -> Enrollment | None:
    """The oldest waiting case within reach, locked for this officer; None when there is none.

    SKIP LOCKED gives fifty officers who press at once fifty different cases.
    """
    _return_overdue()
    case = (
        Enrollment.objects.visible_to(officer)
        .waiting()
        .exclude(pk__in=_passed_on_by(officer))
        .order_by("state_since")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    return take_case(case, officer=officer) if case else None


def take_case(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Hold a case for this officer. Whoever passed it on does not take it again."""
    if _passed_on_by(officer).filter(enrollment_id=enrollment.pk).exists():
        raise Conflict("own_case", _("A second officer has to look at this case."))
    return move(
        enrollment,
        "take_second" if enrollment.state == State.SECOND_REVIEW else "take",
        actor=Actor.officer(officer),
        changes={"held_by": officer, "held_until": timezone.now() + settings.CASE_HELD_FOR},
    )


def release_case(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Give a case back undecided."""
    _check_holder(enrollment, officer)
    return move(enrollment, "release", actor=Actor.officer(officer), changes=NOT_HELD)


@transaction.atomic
def approve_enrollment(enrollment: Enrollment, *, officer: Officer) -> Enrollment:
    """Approve; against a failed check it takes two, and the first approval passes the case on."""
    _check_holder(enrollment, officer)
    if needs_second_officer(enrollment, officer):
        return _decide(enrollment, "pass_to_second", officer=officer, reason=WOULD_APPROVE)
    return _decide(enrollment, "approve", officer=officer)


def needs_second_officer(enrollment: Enrollment, officer: Officer) -> bool:
    """Whether this officer's approval only counts together with a colleague's.

    A colleague's word on an earlier attempt does not count: it was about other pictures.
    """
    of_attempt = Finding.objects.filter(
        enrollment_id=enrollment.pk, attempt=enrollment.selfie_attempts
    )
    failed = of_attempt.filter(outcome=Outcome.FAILED)
    since = of_attempt.aggregate(Max("created_at"))["created_at__max"]
    seconded = Decision.objects.filter(
        enrollment_id=enrollment.pk, move="pass_to_second", decided_at__gte=since or timezone.now()
    ).exclude(officer=officer)
    return failed.exists() and not seconded.exists()


def reject_enrollment(
    enrollment: Enrollment, *, officer: Officer, reason: str, message: str = ""
) -> Enrollment:
    _check_reason(reason, RejectReason)
    return _decide(enrollment, "reject", officer=officer, reason=reason, message=message)


def ask_for_retake(
    enrollment: Enrollment, *, officer: Officer, reason: str, message: str = ""
) -> Enrollment:
    _check_reason(reason, RetakeReason)
    return _decide(enrollment, "ask_retake", officer=officer, reason=reason, message=message)


def pass_to_second_officer(
    enrollment: Enrollment, *, officer: Officer, message: str = ""
) -> Enrollment:
    return _decide(enrollment, "pass_to_second", officer=officer, message=message)


NOT_HELD = {"held_by": None, "held_until": None}
WOULD_APPROVE = "would_approve"
REASON_FIELD = {"reject": "reject_reason", "ask_retake": "retake_reason"}


@transaction.atomic
def _decide(
    enrollment: Enrollment, name: str, *, officer: Officer, reason: str = "", message: str = ""
) -> Enrollment:
    _check_holder(enrollment, officer)
    changes = NOT_HELD | ({REASON_FIELD[name]: reason} if name in REASON_FIELD else {})
    moved = move(
        enrollment, name, actor=Actor.officer(officer), changes=changes, reason_code=reason
    )
    Decision.objects.create(
        enrollment=moved, officer=officer, move=name, reason=reason, message=message
    )
    return moved


def _check_holder(enrollment: Enrollment, officer: Officer) -> None:
    """The row is read under lock again by `move`; two officers cannot both be its holder."""
    current = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if current.held_by_id != officer.pk:
        raise Conflict(
            "not_yours", _("This case is no longer yours: it was given back or decided.")
        )


def _check_reason(reason: str, allowed: type) -> None:
    if reason not in allowed.values:
        raise Refused("reason_missing", _("Please choose a reason."))


def _passed_on_by(officer: Officer) -> QuerySet:
    """Also after a second officer gave the case back: two people look at it, whatever its state."""
    passed_on = Decision.objects.filter(officer=officer, move="pass_to_second")
    return passed_on.values("enrollment_id")


def _return_overdue() -> None:
    """Cases that were taken and forgotten go back to where they came from."""
    overdue = Enrollment.objects.filter(state=State.IN_REVIEW, held_until__lt=timezone.now())
    for pk in overdue.select_for_update(skip_locked=True, of=("self",)).values_list(
        "pk", flat=True
    )[:20]:
        move(
            Enrollment(pk=uuid.UUID(str(pk))),
            "release",
            actor=Actor.system("review"),
            changes=NOT_HELD,
        )

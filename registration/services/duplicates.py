"""The same face under another number, looked for once more before a digital ID is issued."""

from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from registration.models import Decision, Enrollment, Finding, Risk
from registration.services.checking import MACHINE
from registration.services.moves import move_locked
from registration.states import State
from verification.faces.search import Candidate, find_again, kept_face
from verification.findings import Check
from verification.judging import duplicate_finding

# Whoever waits for an officer is none: that officer is shown this case, and a stranger's picture
# handed in under another number would else hold the real person up.
RIVALS = (State.CHECKING, State.VERIFIED, State.PASSWORD_SET, State.ACTIVATED)
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def send_back(enrollment: Enrollment) -> Enrollment | None:
    """Hand the case to an officer if its face is now kept under another number and nobody has
    looked at the two together; None if it may be activated. Call it inside a transaction.
    """
    locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    if not locked.can("send_back_to_review"):
        return None
    candidates = _same_faces(locked)
    if not _rivals(locked, candidates):
        return None
    _write_down(locked, candidates)
    return move_locked(
        locked,
        "send_back_to_review",
        actor=MACHINE,
        changes={"risk": Risk.HIGH},
        why=Check.DUPLICATE,
        faces=len(candidates),
    )


def _same_faces(enrollment: Enrollment) -> list[Candidate]:
    """Those that the checks found, if they are still kept, and those that came since."""
    if enrollment.number_key is None:
        return []
    face = kept_face(subject=enrollment.pk, owner=enrollment.number_key)
    if face is None:
        return []
    found = _finding(enrollment)
    return find_again(
        face,
        owner=enrollment.number_key,
        threshold=settings.MACHINE_THRESHOLDS["duplicate_face"],
        found=[one["subject"] for one in found.details["candidates"]] if found else [],
        since=found.created_at if found else EVER,
    )


def _rivals(enrollment: Enrollment, candidates: list[Candidate]) -> list[Enrollment]:
    named = [one.subject for one in candidates]
    others = Enrollment.objects.filter(pk__in=named, state__in=RIVALS).only("pk")
    return [other for other in others if not _seen_together(enrollment, other)]


def _seen_together(one: Enrollment, other: Enrollment) -> bool:
    """Whether an officer has approved either of two while its findings named the other."""
    return _approved_knowing(one, other) or _approved_knowing(other, one)


def _approved_knowing(case: Enrollment, other: Enrollment) -> bool:
    naming = Finding.objects.filter(
        enrollment_id=case.pk,
        check_name=Check.DUPLICATE,
        details__candidates__contains=[{"subject": str(other.pk)}],
    ).order_by("created_at")
    first = naming.values_list("created_at", flat=True).first()
    approved = Q(enrollment_id=case.pk, move="approve", decided_at__gte=first)
    return first is not None and Decision.objects.in_force().filter(approved).exists()


def _finding(enrollment: Enrollment) -> Finding | None:
    return enrollment.findings.filter(
        attempt=enrollment.selfie_attempts, check_name=Check.DUPLICATE
    ).first()


def _write_down(enrollment: Enrollment, candidates: list[Candidate]) -> None:
    """The finding is the one of this search from now on: what officers see, and when it was."""
    fact = duplicate_finding([one.named() for one in candidates], settings.MACHINE_THRESHOLDS)
    Finding.objects.update_or_create(
        enrollment=enrollment,
        attempt=enrollment.selfie_attempts,
        check_name=fact.check,
        defaults={
            "outcome": fact.outcome,
            "score": fact.score,
            "threshold": fact.threshold,
            "details": fact.details,
            "created_at": timezone.now(),
        },
    )

"""Going on from another device once verified: a fresh selfie, held against the verified one."""

import uuid
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.context import current_request_id
from audit.services import Actor, record
from core.outbox.services import enqueue
from core.required import required
from core.typing import Json
from registration.claims import current_thresholds, shadowed_checks
from registration.errors import MoveNotAllowed, Refused
from registration.models import Enrollment, EvidenceKind, ReturnCheck, ReturnOutcome, new_nonce
from registration.services.admission import admit_pictures
from registration.services.capturing import capture_details, load_capture
from registration.services.challenges import NO_MORE, end_challenge, use_challenge
from registration.services.evidence import (
    keep_film,
    keep_picture,
    load_film,
    load_picture,
)
from registration.services.pictures import clean_pictures
from registration.services.proving import check_device_key
from registration.services.renewing import forget_proof
from registration.states import FINISHING
from verification.capture import Capture
from verification.examine import FaceEvidence
from verification.findings import Finding
from verification.policy import Verdict, judge_return

CHECK_RETURN = "registration.check_return"
MACHINE = Actor.system("verification")


def may_return(enrollment: Enrollment) -> bool:
    """Whether there is something to come back to, and nobody is doing so just now."""
    return enrollment.state in FINISHING and open_check(enrollment) is None


def open_check(enrollment: Enrollment) -> ReturnCheck | None:
    return enrollment.return_checks.filter(outcome="").first()


def last_reason(enrollment: Enrollment) -> str:
    """Why the last try to come back failed, or nothing."""
    last = enrollment.return_checks.exclude(outcome="").last()
    return last.reason if last else ""


def hand_in_return(
    enrollment: Enrollment,
    *,
    selfie: bytes,
    frames: list[bytes],
    frame_times: list[int],
    challenge_id: uuid.UUID | None,
    capture: Capture,
    device_key: Json | None,
) -> ReturnCheck:
    """Keep a selfie with head turns from the device that wants to go on, and have it checked."""
    key = check_device_key(device_key)
    if not frames:
        raise Refused("no_turns", _("This needs a camera and the movements of your head."))
    if key is None:
        raise Refused(
            "no_device_key",
            _("This browser cannot keep a key or use the camera. Please use your phone's browser."),
        )
    admit_pictures(enrollment.pk, size=sum(map(len, [selfie, *frames])))
    pictures = clean_pictures(selfie, frames, frame_times)
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if not may_return(locked):
            raise MoveNotAllowed("return", locked.state)
        if locked.return_checks.count() >= settings.MAX_RETURN_SELFIES:
            raise Refused("too_many_returns", NO_MORE)
        film = use_challenge(locked, challenge_id, pictures)
        end_challenge(locked)
        details = capture_details(capture)
        keep_picture(locked, EvidenceKind.RETURN_SELFIE, pictures.selfie, **details)
        keep_film(locked, film, kind=EvidenceKind.RETURN_FRAMES)
        check = ReturnCheck.objects.create(enrollment=locked, device_key=key)
        record(Action.RETURN_ASKED, locked, actor=Actor.anonymous())
        enqueue(CHECK_RETURN, check.pk, request_id=current_request_id())
        return check


def gather_return(check: ReturnCheck) -> FaceEvidence:
    """What is judged: the fresh selfie against the picture of the person that was verified."""
    enrollment = check.enrollment
    return FaceEvidence(
        subject=check.pk,
        owner=required(enrollment.number_key, "number"),
        thresholds=current_thresholds(),
        portrait=load_picture(enrollment, EvidenceKind.SELFIE),
        selfie=required(load_picture(enrollment, EvidenceKind.RETURN_SELFIE), "selfie"),
        film=load_film(enrollment, kind=EvidenceKind.RETURN_FRAMES),
        capture=replace(load_capture(enrollment, kind=EvidenceKind.RETURN_SELFIE), drawn=False),
    )


@transaction.atomic
def decide_return(check: ReturnCheck, *, facts: list[Finding]) -> ReturnCheck:
    """Give the rest of the way to the device of the same person; again does nothing."""
    locked = Enrollment.objects.select_for_update().get(pk=check.enrollment_id)
    check = ReturnCheck.objects.select_for_update().get(pk=check.pk)
    if check.outcome:
        return check
    judgement = judge_return(facts, shadowed=shadowed_checks())
    same = judgement.verdict == Verdict.PASS and locked.state in FINISHING
    check.outcome = ReturnOutcome.PASSED if same else ReturnOutcome.FAILED
    check.reason = judgement.because or ""
    check.save(update_fields=["outcome", "reason"])
    if same:
        locked.device_key, locked.proof_nonce = check.device_key, new_nonce()
        locked.token_limited, locked.password_tries = False, 0
        locked.save(update_fields=["device_key", "proof_nonce", "token_limited", "password_tries"])
        forget_proof(locked, actor=MACHINE)
    record(
        Action.RETURN_DECIDED,
        locked,
        actor=MACHINE,
        subject_office=locked.office_id or "",
        outcome=check.outcome,
        why=check.reason,
    )
    return check

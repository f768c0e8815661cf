"""A holder puts a suspended digital ID in force again: the password, and the face of the photo.

Only where nobody but the holder is concerned: a lost device, or the holder's own wish. The device
proves nothing here, it may be the one that was stolen; so the face has to be a living one, and not
a picture that anybody has seen before, least of all the photo that the digital ID shows.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.context import current_request_id
from audit.services import Actor, record
from core.outbox.services import enqueue
from core.required import required
from core.storage import delete_sealed, read_sealed
from core.typing import StrOrPromise
from identity.life import OWN_REASONS, LifeReason, change_status, stop_of
from identity.models import DigitalID, DigitalIDStatus, NoticeKind
from identity.notifications import notify_holder
from population.register import registered_person
from registration.claims import current_thresholds, shadowed_checks
from registration.errors import Conflict, Refused
from registration.models import Challenge, Enrollment, Evidence, EvidenceKind
from registration.models import ResumeCheck as Check
from registration.models import ResumeOutcome as Outcome
from registration.services.admission import admit_pictures
from registration.services.capturing import capture_details, load_capture
from registration.services.challenges import (
    end_challenge,
    issue_challenge,
    settle_step,
    use_challenge,
)
from registration.services.evidence import keep_film, keep_picture, load_film, load_picture
from registration.services.pictures import clean_pictures
from registration.states import State
from verification.capture import Capture
from verification.examine import FaceEvidence
from verification.findings import Finding
from verification.policy import Verdict, judge_resume

CHECK_RESUME = "registration.check_resume"
MACHINE = Actor.system("verification")
PICTURES = (EvidenceKind.RESUME_SELFIE, EvidenceKind.RESUME_FRAMES)
OBSTACLES: dict[str, StrOrPromise] = {
    "not_suspended": _("This digital ID is not suspended."),
    "office_only": _(
        "This was not suspended for a lost device or by your own wish. Please call 1548 or go to a"
        " registration office with your card."
    ),
    "not_registered": _(
        "Your entry in the population register is not in force. Please go to a registration office"
        " with your card."
    ),
    "no_picture": _(
        "There is no photo of your registration to compare your face with. Please go to a"
        " registration office with your card."
    ),
    "being_checked": _("Your selfie is being checked."),
    "tries_of_today": _(
        "It did not work several times today. Please try again tomorrow, or go to a registration"
        " office with your card."
    ),
    "tries_used_up": _(
        "It did not work too often. Please go to a registration office with your card, or have the"
        " digital ID issued anew."
    ),
}


class Standing(NamedTuple):
    """Whether the holder can do it alone: `obstacle` is a key of OBSTACLES, "" where nothing is in
    the way. `left` tries there are today, `failed` is the check that failed last.
    """

    obstacle: str
    left: int = 0
    failed: str = ""
    since: datetime | None = None
    enrollment: Enrollment | None = None


def standing_of(digital_id: DigitalID) -> Standing:
    if digital_id.effective_status != DigitalIDStatus.SUSPENDED:
        return Standing("not_suspended")
    stop = required(stop_of(digital_id), "suspension")
    if stop.reason not in OWN_REASONS:
        return Standing("office_only")
    if not _is_registered(digital_id):
        return Standing("not_registered")
    done = Enrollment.objects.filter(state=State.ACTIVATED)
    issued_by = digital_id.enrollment_id
    enrollment = done.filter(pk=issued_by).first() if issued_by else None
    if enrollment is None or not digital_id.portrait:
        return Standing("no_picture")
    obstacle, left, failed = _tries(digital_id)
    return Standing(obstacle, left, failed, since=stop.at, enrollment=enrollment)


def _is_registered(digital_id: DigitalID) -> bool:
    """The register may have lost the holder while it was suspended, and does not suspend twice."""
    answer = registered_person(digital_id.number_key)
    return answer.alive or not answer.found


def _tries(digital_id: DigitalID) -> tuple[str, int, str]:
    """All of a digital ID, whatever it was suspended for: suspending anew gives no more tries."""
    checks = list(Check.objects.filter(digital_id_key=digital_id.pk))
    today = sum(check.asked_at > timezone.now() - timedelta(days=1) for check in checks)
    passed = [place for place, check in enumerate(checks) if check.outcome == Outcome.PASSED]
    since_then = checks[passed[-1] + 1 :] if passed else checks
    left = min(settings.MAX_RESUMES_A_DAY - today, settings.MAX_RESUMES - len(since_then))
    failed = since_then[-1].reason if since_then else ""
    if any(check.outcome == "" for check in checks):
        return "being_checked", max(0, left), failed
    if len(since_then) >= settings.MAX_RESUMES:
        return "tries_used_up", 0, failed
    return ("tries_of_today" if left <= 0 else ""), max(0, left), failed


def open_check(digital_id: DigitalID) -> Check | None:
    return Check.objects.filter(digital_id_key=digital_id.pk, outcome="").first()


def _may_resume(digital_id: DigitalID) -> tuple[Enrollment, datetime]:
    """Raises Refused. Called with the enrollment locked where something is to come of it."""
    standing = standing_of(digital_id)
    if standing.obstacle or standing.enrollment is None or standing.since is None:
        raise Conflict(standing.obstacle, OBSTACLES[standing.obstacle])
    return standing.enrollment, standing.since


def ask_turns(digital_id: DigitalID) -> Challenge:
    enrollment, since = _may_resume(digital_id)
    return issue_challenge(enrollment, resumes=since)


def settle_turn(
    digital_id: DigitalID, *, challenge_id: uuid.UUID | None, digests: list[str]
) -> Challenge:
    enrollment, since = _may_resume(digital_id)
    return settle_step(enrollment, challenge_id=challenge_id, digests=digests, resumes=since)


def hand_in_resume(
    digital_id: DigitalID,
    *,
    selfie: bytes,
    frames: list[bytes],
    frame_times: list[int],
    challenge_id: uuid.UUID | None,
    capture: Capture,
) -> Check:
    """Keep a selfie with head turns, and have it checked; one at a time."""
    if not frames:
        raise Refused("no_turns", _("This needs a camera and the movements of your head."))
    enrollment, _since = _may_resume(digital_id)
    admit_pictures(enrollment.pk, size=sum(map(len, [selfie, *frames])))
    pictures = clean_pictures(selfie, frames, frame_times)
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        now = _locked(digital_id.number_key, digital_id.pk)
        _enrollment, since = _may_resume(now)
        film = use_challenge(locked, challenge_id, pictures, resumes=since)
        end_challenge(locked)
        details = capture_details(capture)
        keep_picture(locked, EvidenceKind.RESUME_SELFIE, pictures.selfie, **details)
        keep_film(locked, film, kind=EvidenceKind.RESUME_FRAMES)
        check = Check.objects.create(
            enrollment=locked,
            number_key=now.number_key,
            digital_id_key=now.pk,
            suspended_at=since,
        )
        record(Action.RESUME_ASKED, now, actor=Actor.citizen(locked.pk))
        enqueue(CHECK_RESUME, check.pk, request_id=current_request_id())
        return check


def gather_resume(check: Check) -> FaceEvidence:
    """What is judged: the fresh selfie against the photo that the digital ID shows."""
    enrollment = check.enrollment
    digital_id = DigitalID.objects.get(number_key=check.number_key, pk=check.digital_id_key)
    capture = load_capture(enrollment, kind=EvidenceKind.RESUME_SELFIE)
    return FaceEvidence(
        subject=check.pk,
        owner=check.number_key,
        thresholds=current_thresholds(),
        portrait=read_sealed(digital_id.portrait),
        selfie=required(load_picture(enrollment, EvidenceKind.RESUME_SELFIE), "selfie"),
        film=load_film(enrollment, kind=EvidenceKind.RESUME_FRAMES),
        capture=replace(capture, drawn=False),  # there is no officer in it
    )


@transaction.atomic
def decide_resume(check: Check, *, facts: list[Finding]) -> Check:
    """Put it in force again, or say why not; the pictures go in either case. Again does nothing,
    and nothing is decided about a digital ID that something else has become of.
    """
    locked = Enrollment.objects.select_for_update().get(pk=check.enrollment_id)
    check = Check.objects.select_for_update().get(pk=check.pk)
    if check.outcome:
        return check
    digital_id = _locked(check.number_key, check.digital_id_key)
    judgement = judge_resume(facts, shadowed=shadowed_checks())
    check.outcome = Outcome.PASSED if judgement.verdict == Verdict.PASS else Outcome.FAILED
    check.reason = judgement.because or ""
    if not _is_still_so(check, digital_id, locked):
        check.outcome, check.reason = Outcome.OVERTAKEN, ""
    check.save(update_fields=["outcome", "reason"])
    result = {"outcome": str(check.outcome), "why": str(check.reason)}
    record(Action.RESUME_DECIDED, digital_id, actor=MACHINE, **result)
    if check.outcome == Outcome.PASSED:
        holder = Actor.citizen(locked.pk)
        change_status(digital_id, "resume", actor=holder, reason=LifeReason.FACE_SHOWN)
    elif check.outcome == Outcome.FAILED:
        notify_holder(digital_id, NoticeKind.RESUME_FAILED)
    _delete_pictures(locked)
    return check


def _is_still_so(check: Check, digital_id: DigitalID, enrollment: Enrollment) -> bool:
    """Whether it is still the suspension that the holder saw."""
    if digital_id.effective_status != DigitalIDStatus.SUSPENDED:
        return False
    stop = required(stop_of(digital_id), "suspension")
    same = stop.at == check.suspended_at and stop.reason in OWN_REASONS
    return same and enrollment.state == State.ACTIVATED and _is_registered(digital_id)


def _delete_pictures(enrollment: Enrollment) -> None:
    """Rows at once, files once that is certain; one that is left over is reaped."""
    kept = Evidence.objects.filter(enrollment=enrollment, kind__in=PICTURES)
    for name in kept.values_list("name", flat=True):
        transaction.on_commit(partial(delete_sealed, name), robust=True)
    kept.delete()


def _locked(number_key: uuid.UUID, pk: uuid.UUID) -> DigitalID:
    return DigitalID.objects.select_for_update().get(number_key=number_key, pk=pk)

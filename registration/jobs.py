"""The jobs of an enrollment. Each ends in `complete`, so that its effects happen once."""

import uuid
from collections.abc import Callable
from functools import partial

from django.utils import timezone

from audit.services import Actor
from core.outbox.handlers import handles
from core.outbox.models import Job
from core.outbox.services import complete, report
from core.required import required
from registration.models import Enrollment, EvidenceKind, Notice, ResumeCheck, ReturnCheck
from registration.services.capture import READ_CARD, VERIFY
from registration.services.checking import apply_findings, gather_submission, save_reading
from registration.services.evidence import current_picture, keep_picture, load_picture
from registration.services.moves import move
from registration.services.notifications import NOTIFY, close_notice, send_notification
from registration.services.renewing import NOTIFY_BEGUN, notify_begun
from registration.services.resuming import CHECK_RESUME, decide_resume, gather_resume
from registration.services.returning import CHECK_RETURN, decide_return, gather_return
from registration.services.verified_before import verified_before
from registration.states import State
from verification.card_evidence import UNREADABLE, read_card
from verification.committing import settle
from verification.examine import Examination, FaceEvidence, examine, examine_face
from verification.faces.search import one_at_a_time
from verification.pictures_seen import fresh_finding, prints_of, remember_pictures


def hand_back_unreadable(job: Job) -> None:
    """A picture that cannot be worked on is the citizen's to take again."""
    enrollment = Enrollment.objects.select_for_update().get(pk=job.subject)
    if enrollment.state == State.CARD_CAPTURED:
        save_reading(enrollment, reading=UNREADABLE)


def hand_to_officer(job: Job) -> None:
    """A check that never succeeds is a person's to decide."""
    enrollment = Enrollment.objects.get(pk=job.subject)
    if enrollment.can("send_to_review"):
        move(enrollment, "send_to_review", actor=Actor.system("outbox"), why="job_parked")


@handles(READ_CARD, parked=hand_back_unreadable, newest_only=True)
def read_card_of(job: Job) -> None:
    enrollment = Enrollment.objects.get(pk=job.subject)
    front = current_picture(enrollment, EvidenceKind.CARD_FRONT)
    reading = read_card(
        required(load_picture(enrollment, EvidenceKind.CARD_FRONT), "front"),
        required(load_picture(enrollment, EvidenceKind.CARD_BACK), "back"),
        report=partial(report, job),
    )
    with complete(job):
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        # A newer photo has its own job; this one's reading is then of no use.
        if locked.state == State.CARD_CAPTURED and front == current_picture(
            locked, EvidenceKind.CARD_FRONT
        ):
            save_reading(locked, reading=reading)


@handles(VERIFY, parked=hand_to_officer)
def verify(job: Job) -> None:
    enrollment = Enrollment.objects.get(pk=job.subject)
    if enrollment.state != State.CHECKING:
        with complete(job):
            return
    began, submission = timezone.now(), gather_submission(enrollment)
    examination = examine(submission, report=partial(report, job))
    prints = prints_of(submission.selfie, submission.frames)
    with complete(job):
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if locked.state == State.CHECKING:
            if examination.holder_photo is not None:
                keep_picture(locked, EvidenceKind.HOLDER_PHOTO, examination.holder_photo)
            facts = settle(
                submission,
                examination,
                prints=prints,
                verified_before=verified_before(locked, examination.embedding),
                since=began,
            )
            apply_findings(locked, facts=facts)


def fail_return(job: Job) -> None:
    """A check that never succeeds lets nobody through; it may be tried again."""
    decide_return(ReturnCheck.objects.get(pk=job.subject), facts=[])


@handles(CHECK_RETURN, parked=fail_return)
def check_return(job: Job) -> None:
    check = ReturnCheck.objects.select_related("enrollment").get(pk=job.subject)
    compare(job, gather_return(check), of=check.enrollment_id, decide=partial(decide_return, check))


def fail_resume(job: Job) -> None:
    """A check that never succeeds puts nothing in force; it may be tried again."""
    decide_resume(ResumeCheck.objects.get(pk=job.subject), facts=[])


@handles(CHECK_RESUME, parked=fail_resume)
def check_resume(job: Job) -> None:
    check = ResumeCheck.objects.select_related("enrollment").get(pk=job.subject)
    compare(job, gather_resume(check), of=check.enrollment_id, decide=partial(decide_resume, check))


def compare(
    job: Job, evidence: FaceEvidence, *, of: uuid.UUID, decide: Callable[..., object]
) -> None:
    """Judge a fresh selfie of the enrollment `of`; `decide` takes the facts, in the transaction
    that ends the job. Pictures are new to one at a time: the same ones handed in twice at one
    moment would be new to both.
    """
    result = Examination()
    examine_face(evidence, result, report=partial(report, job))
    prints = prints_of(evidence.selfie, evidence.frames)
    with complete(job):
        Enrollment.objects.select_for_update().get(pk=of)
        one_at_a_time()
        fresh = fresh_finding(prints, subject=of, later=True)
        decide(facts=[*result.findings, fresh])
        remember_pictures(prints, subject=of, later=True)


def give_news_up(job: Job) -> None:
    """The citizen's page says the same; a message that cannot be sent holds nothing up."""
    close_notice(Notice(pk=job.subject), "given_up")


@handles(NOTIFY, parked=give_news_up)
def notify_citizen(job: Job) -> None:
    notice = Notice.objects.select_related("enrollment").get(pk=job.subject)
    outcome = send_notification(notice)
    with complete(job):
        close_notice(notice, outcome)


def leave_unsaid(_job: Job) -> None:
    """The digital ID's inbox stays without it; the issue itself is told in any case."""


@handles(NOTIFY_BEGUN, parked=leave_unsaid)
def notify_holder_of_renewal(job: Job) -> None:
    with complete(job):
        notify_begun(Enrollment.objects.get(pk=job.subject))

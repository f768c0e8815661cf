"""What the machine does with an enrollment: read the card, verify, and act on the judgement."""

from django.conf import settings

from audit.services import Actor
from core.required import required
from offices.models import Office
from population.register import ask_register, registered_person
from registration.claims import claims_of, current_thresholds, shadowed_checks
from registration.models import (
    Channel,
    CounterVisit,
    Enrollment,
    EvidenceKind,
    Finding,
    RejectReason,
    RetakeReason,
)
from registration.services.capturing import load_capture
from registration.services.evidence import (
    keep_picture,
    load_film,
    load_picture,
    note_read,
)
from registration.services.group_outcomes import note_outcome
from registration.services.moves import move
from registration.services.renewing import former_holder, way_fits
from registration.services.rereading import may_ask, problem_of
from verification.card_evidence import CardReading
from verification.examine import RegisterView, Submission
from verification.findings import Check
from verification.findings import Finding as Fact
from verification.policy import Judgement, Situation, Verdict, judge, risk

MACHINE = Actor.system("verification")
RETAKE_FOR = {
    Check.FACE_FOUND: RetakeReason.FACE_UNCLEAR,
    Check.FACE_QUALITY: RetakeReason.FACE_QUALITY,
    Check.PORTRAIT_FOUND: RetakeReason.PORTRAIT_UNCLEAR,
    Check.CHALLENGE: RetakeReason.CHALLENGE,
    Check.SOLID: RetakeReason.CHALLENGE,
    Check.LIVENESS: RetakeReason.NOT_LIVE,
}


def save_reading(enrollment: Enrollment, *, reading: CardReading) -> None:
    """Keep what was read off the card, with the portrait cut out and the card straightened."""
    if reading.portrait is not None:
        keep_picture(enrollment, EvidenceKind.PORTRAIT, reading.portrait)
    if reading.straight is not None:
        keep_picture(enrollment, EvidenceKind.CARD_STRAIGHT, reading.straight)
    note_read(enrollment)
    enrollment.reading = reading.reading
    enrollment.card_problem = reading.problem
    if not reading.problem:
        read = required(reading.reading, "reading")
        enrollment.card_photos += 1
        enrollment.card_problem = problem_of(read, may_ask=may_ask(enrollment))
    enrollment.save(update_fields=["reading_sealed", "card_problem", "card_photos"])


def gather_submission(enrollment: Enrollment) -> Submission:
    """Everything that is judged together, as plain values that know nothing of enrollments."""
    reading = required(enrollment.reading, "reading")
    confirmed = required(enrollment.confirmed, "confirmed data")
    answer = ask_register(confirmed)
    return Submission(
        subject=enrollment.pk,
        owner=required(enrollment.number_key, "number"),
        thresholds=current_thresholds(),
        claims=claims_of(reading, confirmed, answer),
        scores=reading.scores,
        contradictions=reading.contradictions,
        register=RegisterView(
            agrees=answer.agrees,
            details={
                "found": answer.found,
                "alive": answer.alive,
                "differing": list(answer.differing),
            },
        ),
        portrait=load_picture(enrollment, EvidenceKind.PORTRAIT),
        selfie=required(load_picture(enrollment, EvidenceKind.SELFIE), "selfie"),
        film=load_film(enrollment),
        capture=load_capture(enrollment),
        way_fits=way_fits(enrollment),
        holder=former_holder(enrollment),
    )


def apply_findings(enrollment: Enrollment, *, facts: list[Fact]) -> Judgement:
    """Write the findings down and move the enrollment as the policy says."""
    Finding.objects.bulk_create(
        Finding(
            enrollment=enrollment,
            attempt=enrollment.selfie_attempts,
            check_name=fact.check,
            outcome=fact.outcome,
            score=fact.score,
            threshold=fact.threshold,
            details=fact.details,
        )
        for fact in facts
    )
    judgement = judge(facts, situation_of(enrollment))
    if judgement.verdict == Verdict.PASS and not enrollment.appealed:
        move(enrollment, "pass_checks", actor=MACHINE)
    elif judgement.verdict == Verdict.OTHER_WAY:
        reason = (
            RejectReason.NOTHING_TO_RENEW if enrollment.renewal else RejectReason.ALREADY_REGISTERED
        )
        move(enrollment, "refer", actor=MACHINE, changes={"reject_reason": reason}, why=reason)
    elif judgement.verdict == Verdict.RETAKE:
        retake = _retake_reason(judgement, facts)
        move(enrollment, "ask_retake", actor=MACHINE, changes={"retake_reason": retake}, why=retake)
    else:
        changes = {"risk": risk(facts), "office": _office(enrollment)}
        move(enrollment, "send_to_review", actor=MACHINE, changes=changes, why=judgement.because)
    note_outcome(enrollment, facts=facts, judgement=judgement)
    return judgement


def situation_of(enrollment: Enrollment) -> Situation:
    return Situation(
        attempt=enrollment.selfie_attempts,
        most_attempts=settings.MAX_SELFIE_ATTEMPTS,
        seen_in_person=was_seen_in_person(enrollment),
        renewal=enrollment.renewal,
        shadowed=shadowed_checks(),
    )


def _office(enrollment: Enrollment) -> Office:
    """Whose case it is: where the register has the person, which nobody is told before this. An
    appeal stays where it is.
    """
    code = registered_person(enrollment.number_key).office_code
    stays = enrollment.channel == Channel.OFFICE or enrollment.appealed
    known = Office.objects.filter(pk=code).first() if code and not stays else None
    return known or required(enrollment.office, "office")


def was_seen_in_person(enrollment: Enrollment) -> bool:
    """Whether an officer checked the identity at the counter, card and face side by side."""
    seen = CounterVisit.objects.filter(pk=enrollment.pk, identity_checked_at__isnull=False)
    return seen.exists()


def _retake_reason(judgement: Judgement, facts: list[Fact]) -> RetakeReason:
    several = any(fact.details.get("hint") == "several_faces" for fact in facts)
    if judgement.because == Check.FACE_FOUND and several:
        return RetakeReason.SEVERAL_FACES
    return RETAKE_FOR[required(judgement.because, "reason")]

"""Which step a citizen stands at: one answer for the pages, the API and the follow-up of a job."""

from typing import NamedTuple
from uuid import UUID

from core.outbox.models import Job
from registration.models import Enrollment, EvidenceKind, RetakeReason
from registration.services.evidence import has_pictures
from registration.services.returning import last_reason, open_check
from registration.states import State

# The eight steps of the procedure; 1 and 2 are opening the page and allowing the camera: citizens
# count from the terms on (templates/components/progress_steps.html).
NUMBER = {
    "terms": 3,
    "card_front": 4,
    "card_back": 4,
    "reading": 4,
    "confirm": 4,
    "selfie": 5,
    "checking": 5,
    "retake": 5,
    "waiting": 5,
    "card_again": 4,
    "return": 6,
    "return_checking": 6,
    "password": 6,
    "consent": 7,
    "done": 8,
}
SIMPLE: dict[str, str] = {
    State.STARTED: "terms",
    State.DATA_CONFIRMED: "selfie",
    State.CHECKING: "checking",
    State.RETAKE: "retake",
    State.WAITING_REVIEW: "waiting",
    State.IN_REVIEW: "waiting",
    State.SECOND_REVIEW: "waiting",
    State.VERIFIED: "password",
    State.PASSWORD_SET: "consent",
    State.ACTIVATED: "done",
    State.REJECTED: "rejected",
    State.EXPIRED: "expired",
    State.WITHDRAWN: "expired",
}
FINISHING_STEPS = frozenset({"password", "consent"})
SHOWING_WHAT_WAS_GIVEN = frozenset({"card_front", "card_back", "reading", "confirm"})


class Step(NamedTuple):
    name: str
    problem: str = ""


def current_step(enrollment: Enrollment, *, at_counter: bool = False) -> Step:
    """The step to take next, and the code of what was wrong with the last try.

    Away from the counter, password and consent are for the device of the verified selfie, and
    whoever came back by reference and number sees nothing that was given before.
    """
    step = _step(enrollment)
    if at_counter:
        return step
    if step.name in FINISHING_STEPS:
        if open_check(enrollment) is not None:
            return Step("return_checking")
        if enrollment.token_limited or not enrollment.device_key:
            return Step("return", last_reason(enrollment))
    if enrollment.token_limited and step.name in SHOWING_WHAT_WAS_GIVEN:
        return Step("card_again")
    return step


def _step(enrollment: Enrollment) -> Step:
    if enrollment.state == State.CONSENTED:
        front = has_pictures(enrollment, EvidenceKind.CARD_FRONT)
        return Step("card_back" if front else "card_front")
    if enrollment.state == State.CARD_CAPTURED:
        return _card_step(enrollment)
    if enrollment.state == State.RETAKE:
        return Step("retake", enrollment.retake_reason)
    return Step(SIMPLE[enrollment.state])


def allowed_steps(enrollment: Enrollment, *, at_counter: bool = False) -> frozenset[str]:
    """The steps whose pages may be open now: the current one, and those one may go back to."""
    name = current_step(enrollment, at_counter=at_counter).name
    also = {
        "card_back": {"card_front"},
        "confirm": {"card_front", "card_back"},
        "retake": {"selfie"} if not _retake_of_card(enrollment) else set(),
        "password": {"return"},
        "consent": {"password", "return"},
    }
    return frozenset({name}) | also.get(name, set())


def running_stage(enrollment: Enrollment) -> str:
    """How far the running job has come, as the worker reports it."""
    check = open_check(enrollment)
    return stage_of(check.pk if check else enrollment.pk)


def stage_of(subject: UUID) -> str:
    job = Job.objects.filter(subject=subject).order_by("-pk").first()
    return job.stage if job else ""


def _card_step(enrollment: Enrollment) -> Step:
    side, _, problem = enrollment.card_problem.partition(":")
    if problem:
        return Step(f"card_{side}", problem)
    return Step("confirm" if enrollment.reading else "reading")


def _retake_of_card(enrollment: Enrollment) -> bool:
    reason = enrollment.retake_reason
    return bool(reason) and RetakeReason(reason).concerns_card

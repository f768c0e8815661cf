"""Why a picture is asked for again: an officer's words, else the machine's most useful hint."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from registration.models import Decision, Enrollment, RetakeReason
from registration.retake_reason_text import machine_hint, retake_reason_text
from registration.retake_tips import OF_HINTS, OF_REASONS, tips_for
from registration.states import State
from registration.texts import FACE_HINTS
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.every_step import session_of
from verification.findings import Check, Outcome

pytestmark = pytest.mark.django_db
UNCLEAR = "We could not see your face clearly in the selfie."


def retake(reason: RetakeReason = RetakeReason.FACE_UNCLEAR, *, attempt: int = 1) -> Enrollment:
    return EnrollmentFactory(state=State.RETAKE, retake_reason=reason, selfie_attempts=attempt)


def found(case, hint: str, *, outcome=Outcome.FAILED, check=Check.FACE_QUALITY, attempt=1) -> None:
    details = {"hint": hint} if hint else {}
    case.findings.create(attempt=attempt, check_name=check, outcome=outcome, details=details)


def asked(case, message: str = "", **fields) -> None:
    fields = {"move": "ask_retake", "decided_at": timezone.now(), **fields}
    Decision.objects.create(enrollment=case, officer=OfficerFactory(), message=message, **fields)


def words(case: Enrollment) -> str:
    with translation.override("en"):
        return retake_reason_text(case)


@pytest.mark.parametrize("reason", RetakeReason)
def test_without_a_hint_the_reason_speaks_for_itself(reason):
    with translation.override("en"):
        assert words(retake(reason)) == str(reason.label)


@pytest.mark.parametrize("hint", FACE_HINTS)
def test_a_hint_says_more_than_the_reason(hint):
    case = retake()
    found(case, hint)
    with translation.override("en"):
        assert words(case) == str(FACE_HINTS[hint]) != UNCLEAR


@pytest.mark.parametrize(
    "finding",
    [
        {"hint": "a hint of tomorrow"},
        {"hint": ""},
        {"hint": "too_dark", "outcome": Outcome.PASSED},
        {"hint": "too_dark", "attempt": 2},
        {"hint": "too_dark", "check": Check.LIVENESS},
    ],
)
def test_a_hint_counts_only_of_a_failed_look_at_the_face_of_the_last_selfie(finding):
    case = retake(attempt=1)
    found(case, **finding)
    assert words(case) == UNCLEAR


def test_an_officers_words_come_before_the_machines():
    case = retake()
    found(case, "too_dark")
    asked(case, "Please take off the hat.")
    assert words(case) == "Please take off the hat."


def test_an_officer_who_wrote_nothing_gives_the_reason_and_not_an_older_hint():
    case = retake()
    found(case, "too_dark")
    asked(case)
    assert words(case) == UNCLEAR


@pytest.mark.parametrize(
    "fields",
    [
        {"undone_at": timezone.now()},
        {"move": "approve"},
        {"decided_at": timezone.now() - timedelta(days=2)},
    ],
)
def test_what_was_taken_back_or_decided_otherwise_or_before_is_not_said(fields):
    case = retake()
    asked(case, "Please take off the hat.", **fields)
    assert words(case) == UNCLEAR


def test_every_reason_and_every_hint_has_tips_of_its_own():
    assert (set(OF_REASONS), set(OF_HINTS)) == (set(RetakeReason), set(FACE_HINTS))


def test_the_tips_are_for_the_fault_that_was_found_and_an_officers_reason_comes_first():
    case = retake()
    found(case, "covered")
    assert tips_for(case, machine_hint(case)) == OF_HINTS["covered"]
    asked(case, "Please look up.")
    assert tips_for(case, machine_hint(case)) == OF_REASONS[RetakeReason.FACE_UNCLEAR]


@pytest.mark.parametrize(
    ("attempt", "said"), [(1, "4 more times"), (4, "1 more time."), (5, ""), (6, "")]
)
def test_the_page_tells_the_tips_and_how_often_it_may_be_tried(client, attempt, said):
    case = retake(attempt=attempt)
    found(case, "too_dark", attempt=attempt)
    client.cookies["sessionid"] = session_of(case)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("registration:retake")).text
    assert ("Face a window or a lamp" in page, "mask" in page) == (True, False)
    assert (said in page, "more time" in page) == (True, bool(said))

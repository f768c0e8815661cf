"""Before a digital ID is issued, its face is looked for once more under other numbers."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone

from audit.models import Entry
from devstack.demo.client import StepFailed
from identity.models import DigitalID
from registration.models import Decision, Enrollment, Finding
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.walks import PASSWORD, Walk
from verification.faces.search import kept_face, remember_face

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Walk:
    return Walk().to_consent()


def rival_of(walk: Walk, state: str) -> Enrollment:
    """The same face under another number, as from before the search was repeated."""
    mine = walk.enrollment
    other = EnrollmentFactory(state=state, number_key=uuid4())
    face = kept_face(subject=mine.pk, owner=mine.number_key)
    remember_face(subject=other.pk, owner=other.number_key, embedding=face)
    return other


def found(case: Enrollment, other: Enrollment, **details) -> Finding:
    Finding.objects.filter(enrollment=case, check_name="duplicate").delete()
    return Finding.objects.create(
        enrollment=case,
        attempt=case.selfie_attempts,
        check_name="duplicate",
        outcome="failed",
        created_at=timezone.now() - timedelta(minutes=1),
        details={"candidates": [{"subject": str(other.pk), "similarity": 1.0}]},
    )


def approve(case: Enrollment, **fields) -> None:
    Decision.objects.create(enrollment=case, officer=OfficerFactory(), move="approve", **fields)


def consent(walk: Walk) -> str:
    return walk.consent(PASSWORD)["state"]


@pytest.mark.parametrize("state", ["checking", "verified", "password_set", "activated"])
def test_the_same_face_under_another_number_is_an_officers(walk, state):
    other = rival_of(walk, state)
    assert consent(walk) == "waiting_review"
    finding = walk.enrollment.findings.get(check_name="duplicate")
    assert [one["subject"] for one in finding.details["candidates"]] == [str(other.pk)]
    assert [finding.outcome, walk.enrollment.risk, DigitalID.objects.exists()] == [
        "failed", 2, False,
    ]  # fmt: skip
    entry = Entry.objects.get(action="enrollment.send_back_to_review")
    assert [entry.details["why"], entry.details["previous"]] == ["duplicate", "password_set"]


@pytest.mark.parametrize("state", ["waiting_review", "in_review", "retake", "rejected", "expired"])
def test_a_case_that_went_nowhere_holds_nobody_up(walk, state):
    rival_of(walk, state)
    assert consent(walk) == "activated"


def test_another_face_under_another_number_holds_nobody_up(walk):
    other, mine = EnrollmentFactory(state=State.VERIFIED, number_key=uuid4()), walk.enrollment
    face = kept_face(subject=mine.pk, owner=mine.number_key)
    stranger = type(face)(np.roll(face.vector, 7), face.model)
    remember_face(subject=other.pk, owner=other.number_key, embedding=stranger)
    assert consent(walk) == "activated"


@pytest.mark.parametrize("knowing", ["this case", "the other"])
def test_what_an_officer_approved_knowing_both_is_not_sent_back(walk, knowing):
    other, mine = rival_of(walk, State.ACTIVATED), walk.enrollment
    case, named = (mine, other) if knowing == "this case" else (other, mine)
    found(case, named)
    approve(case)
    assert consent(walk) == "activated"


@pytest.mark.parametrize("fields", [
    {"decided_at": timezone.now() - timedelta(hours=1)},
    {"undone_at": timezone.now()},
])  # fmt: skip
def test_an_approval_before_the_finding_or_taken_back_does_not_count(walk, fields):
    other = rival_of(walk, State.ACTIVATED)
    found(walk.enrollment, other)
    approve(walk.enrollment, **fields)
    assert consent(walk) == "waiting_review"


def test_an_approval_knowing_somebody_else_does_not_count(walk):
    rival_of(walk, State.ACTIVATED)
    found(walk.enrollment, EnrollmentFactory(state=State.ACTIVATED))
    approve(walk.enrollment)
    assert consent(walk) == "waiting_review"


def test_two_officers_who_then_approve_it_let_it_through(walk):
    rival_of(walk, State.VERIFIED)
    consent(walk)
    for officer in OfficerFactory.create_batch(2):
        case = review.take_case(walk.enrollment, officer=officer)
        deciding.approve_enrollment(case, officer=officer)
        # Once it can no longer be taken back, it is the colleague's.
        Enrollment.objects.update(state_since=timezone.now() - timedelta(minutes=1))
    assert walk.refresh()["state"] == "verified"
    walk.choose_password(PASSWORD)
    assert consent(walk) == "activated"


def test_a_wrong_password_is_told_as_before(walk):
    rival_of(walk, State.VERIFIED)
    with pytest.raises(StepFailed, match="not the password you set"):
        walk.consent(PASSWORD + "!")
    assert walk.enrollment.state == State.PASSWORD_SET

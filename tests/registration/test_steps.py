"""Which step each state leads to, for whom it is seen, and which pages may be open there."""

import pytest

from core.outbox.models import Job
from registration.models import EvidenceKind, ReturnCheck, ReturnOutcome
from registration.services.evidence import keep_picture
from registration.states import State
from registration.steps import allowed_steps, current_step, running_stage
from tests.factories import EnrollmentFactory
from verification.cards.fields import Field
from verification.reading import Reading

pytestmark = pytest.mark.django_db
KEY = {"kty": "EC", "crv": "P-256", "x": "x", "y": "y"}
READ = Reading({"number": Field("1111111111119", 0.97)})


def at(state: State, *, reading: Reading | None = None, **fields):
    case = EnrollmentFactory(state=state, **fields)
    case.reading = reading
    case.save()
    return case


@pytest.mark.parametrize(
    ("state", "name"),
    [
        (State.STARTED, "terms"),
        (State.CONSENTED, "card_front"),
        (State.CARD_CAPTURED, "reading"),
        (State.DATA_CONFIRMED, "selfie"),
        (State.CHECKING, "checking"),
        (State.WAITING_REVIEW, "waiting"),
        (State.IN_REVIEW, "waiting"),
        (State.SECOND_REVIEW, "waiting"),
        (State.VERIFIED, "password"),
        (State.PASSWORD_SET, "consent"),
        (State.ACTIVATED, "done"),
        (State.REJECTED, "rejected"),
        (State.EXPIRED, "expired"),
        (State.WITHDRAWN, "expired"),
    ],
)
def test_every_state_has_its_step(state, name):
    assert current_step(at(state, device_key=KEY)) == (name, "")


def test_the_back_is_asked_for_once_the_front_is_there():
    case = at(State.CONSENTED)
    keep_picture(case, EvidenceKind.CARD_FRONT, b"front")
    assert [current_step(case).name, allowed_steps(case)] == [
        "card_back",
        {"card_back", "card_front"},
    ]


@pytest.mark.parametrize(
    ("problem", "reading", "step"),
    [
        ("", None, ("reading", "")),
        ("", READ, ("confirm", "")),
        ("front:blurred", None, ("card_front", "blurred")),
        ("back:code_unsure", READ, ("card_back", "code_unsure")),
    ],
)
def test_a_photo_of_a_card_that_was_no_good_is_asked_for_by_its_side(problem, reading, step):
    assert current_step(at(State.CARD_CAPTURED, card_problem=problem, reading=reading)) == step


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("face_unclear", {"retake", "selfie"}),
        ("not_live", {"retake", "selfie"}),
        ("card_unclear", {"retake"}),
        ("portrait_unclear", {"retake"}),
    ],
)
def test_a_selfie_may_be_taken_again_at_once_but_not_where_the_card_is_the_trouble(reason, steps):
    case = at(State.RETAKE, retake_reason=reason)
    assert [current_step(case), allowed_steps(case)] == [("retake", reason), steps]


@pytest.mark.parametrize("state", [State.VERIFIED, State.PASSWORD_SET])
@pytest.mark.parametrize(
    ("fields", "at_counter", "name"),
    [
        ({"device_key": KEY}, False, None),
        ({"device_key": KEY, "token_limited": True}, False, "return"),
        ({"device_key": None}, False, "return"),
        ({"device_key": None, "token_limited": True}, True, None),
    ],
)
def test_only_the_device_of_the_verified_selfie_goes_on(state, fields, at_counter, name):
    own = {State.VERIFIED: "password", State.PASSWORD_SET: "consent"}[state]
    assert current_step(at(state, **fields), at_counter=at_counter).name == (name or own)


def test_whoever_failed_to_come_back_is_told_why_and_whoever_is_looked_at_waits():
    case = at(State.VERIFIED, token_limited=True, device_key=KEY)
    tried = {"enrollment": case, "device_key": KEY, "outcome": ReturnOutcome.FAILED}
    ReturnCheck.objects.create(**tried, reason="liveness")
    ReturnCheck.objects.create(**tried, reason="face_match")
    assert current_step(case) == ("return", "face_match")
    ReturnCheck.objects.create(enrollment=case, device_key=KEY)
    assert current_step(case) == ("return_checking", "")


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        (State.CONSENTED, {}),
        (State.CARD_CAPTURED, {}),
        (State.CARD_CAPTURED, {"reading": READ}),
        (State.CARD_CAPTURED, {"card_problem": "front:blurred"}),
    ],
)
def test_whoever_came_by_reference_photographs_the_card_anew_and_sees_none_of_it(state, fields):
    case = at(state, token_limited=True, **fields)
    assert [current_step(case), allowed_steps(case)] == [("card_again", ""), {"card_again"}]


@pytest.mark.parametrize("state", [State.DATA_CONFIRMED, State.WAITING_REVIEW, State.REJECTED])
def test_a_limited_token_changes_nothing_where_nothing_given_is_shown(state):
    assert current_step(at(state, token_limited=True)) == current_step(at(state))


def test_the_stage_is_that_of_the_newest_job_and_of_coming_back_while_that_runs():
    case = at(State.VERIFIED, device_key=KEY)
    assert running_stage(case) == ""
    for stage in ("front", "face"):
        Job.objects.create(kind="registration.check", subject=case.pk, stage=stage)
    assert running_stage(case) == "face"
    check = ReturnCheck.objects.create(enrollment=case, device_key=KEY)
    assert running_stage(case) == ""
    Job.objects.create(kind="registration.check_return", subject=check.pk, stage="liveness")
    assert running_stage(case) == "liveness"

"""A recording that was handed in once goes to an officer the next time, whoever hands it in."""

import uuid
from functools import partial
from itertools import count

import pytest

from core.outbox import services as outbox
from core.outbox.handlers import handler_of
from core.outbox.models import Job, JobState
from devstack.demo.measuring.replays import cut_off
from identity.numbers import number_key
from registration.explanations import explain, named_candidates
from registration.finding_words import VERIFIED_BEFORE
from registration.models import Enrollment
from registration.services.capture import VERIFY
from tests.factories import OfficerFactory
from tests.walks import Walk, burst, face, run_jobs, selfie
from verification.models import SeenPicture

pytestmark = pytest.mark.django_db
CHECK = "fresh_pictures"


def hand_in(walk: Walk, *, taking: int) -> Walk:
    challenge, made = walk.turn_head(partial(burst, walk.which, taking=taking))
    walk.hand_in_selfie(selfie(walk.which, taking=taking), challenge=challenge, frames=made)
    run_jobs()
    walk.refresh()
    return walk


def outcome(walk: Walk) -> str:
    return walk.enrollment.findings.get(
        check_name=CHECK, attempt=walk.enrollment.selfie_attempts
    ).outcome


def test_a_recording_that_was_handed_in_before_goes_to_an_officer():
    first = hand_in(Walk().to_selfie(), taking=0)
    first.withdraw()
    again = hand_in(Walk().to_selfie(), taking=0)
    assert [outcome(first), outcome(again)] == ["passed", "failed"]
    assert [again.state["state"], again.enrollment.risk] == ["waiting_review", 2]


def test_the_sender_is_not_told_which_picture_it_was():
    hand_in(Walk().to_selfie(), taking=0).withdraw()
    again = hand_in(Walk().to_selfie(), taking=0)
    shown = str(again.state)
    assert [word in shown for word in ("seen", "fresh", "picture")] == [False, False, False]


def test_a_recording_cut_a_little_goes_to_an_officer_where_the_number_was_verified_before():
    first = hand_in(Walk().to_selfie(), taking=0)
    first.withdraw()
    again = Walk().to_selfie()
    challenge, made = again.turn_head(lambda step: [*map(cut_off, burst(0, step, taking=0))])
    again.hand_in_selfie(cut_off(selfie(0, taking=0)), challenge=challenge, frames=made)
    run_jobs()
    finding = again.enrollment.findings.get(check_name=CHECK)
    assert finding.details["candidates"] == []
    assert finding.details["verified_before"] == [str(first.enrollment.pk)]
    assert [finding.outcome, again.refresh()["state"]] == ["doubtful", "waiting_review"]


def test_an_officer_sees_the_one_verified_before_beside_it():
    first = hand_in(Walk().to_selfie(), taking=0)
    first.withdraw()
    again = hand_in(Walk().to_selfie(), taking=1).enrollment
    finding = again.findings.get(check_name=CHECK)
    explained = explain(finding, named_candidates([finding], OfficerFactory(office=again.office)))
    (beside,) = explained.candidates
    assert [explained.sentence, beside.case.pk] == [VERIFIED_BEFORE, first.enrollment.pk]
    assert [beside.within_reach, beside.has_selfie] == [True, True]


def test_a_strangers_face_under_the_number_holds_nobody_up():
    """One's own card and face, and a number that is somebody else's."""
    stranger = Walk(1).to_selfie()
    Enrollment.objects.filter(pk=stranger.enrollment.pk).update(
        number_key=number_key(Walk(0).person.number)
    )
    hand_in(stranger, taking=0)
    assert stranger.enrollment.findings.get(check_name="face_match").outcome == "passed"
    holder = hand_in(Walk(0).to_selfie(), taking=0)
    finding = holder.enrollment.findings.get(check_name=CHECK)
    assert [finding.outcome, finding.details["verified_before"]] == ["passed", []]


def test_whoever_was_not_verified_before_is_not_stopped():
    begun = Walk().to_selfie()
    takings = count(3)
    challenge, still = begun.turn_head(lambda _: [selfie(0, taking=next(takings)) for _ in "abc"])
    begun.hand_in_selfie(selfie(0), challenge=challenge, frames=still)
    run_jobs()
    begun.withdraw()
    again = hand_in(Walk().to_selfie(), taking=1)
    assert [outcome(again), again.state["state"]] == ["passed", "verified"]


def test_pictures_of_a_try_that_failed_do_not_serve_for_the_next():
    walk = Walk().to_selfie()
    takings = count(3)
    challenge, still = walk.turn_head(lambda _: [selfie(0, taking=next(takings)) for _ in "abc"])
    walk.hand_in_selfie(selfie(0), challenge=challenge, frames=still)
    run_jobs()
    assert walk.refresh()["step"] == "retake"
    assert hand_in(walk, taking=0).state["state"] == "waiting_review"
    assert outcome(walk) == "failed"


def test_a_job_that_runs_twice_does_not_meet_its_own_pictures():
    walk = Walk().to_selfie()
    walk.send_selfie(0)
    job = Job.objects.get(kind=VERIFY)
    lost = outbox.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(claim=uuid.uuid4())
    with pytest.raises(outbox.ClaimLost):
        handler_of(VERIFY).work(lost)
    assert not SeenPicture.objects.exists()
    Job.objects.filter(pk=job.pk).update(state=JobState.READY)
    for _ in range(3):
        outbox.run(job.pk)
    kept = SeenPicture.objects.count()
    assert [outcome(walk), walk.refresh()["state"], kept] == ["passed", "verified", 6]


def test_the_pictures_of_two_people_are_no_copies():
    hand_in(Walk(0).to_selfie(), taking=0)
    other = hand_in(Walk(1).to_selfie(), taking=0)
    assert [face(0) != face(1), outcome(other)] == [True, "passed"]
    assert Enrollment.objects.filter(state="verified").count() == 2

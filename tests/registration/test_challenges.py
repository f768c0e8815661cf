"""Head turns are asked for once at a time, and not until a recording fits."""

import hashlib
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from devstack.demo.client import StepFailed
from registration.errors import Conflict, Refused
from registration.models import Challenge, Enrollment
from registration.services.challenges import (
    TOO_SHORT,
    issue_challenge,
    settle_step,
    use_challenge,
)
from registration.services.pictures import TOO_CLOSE, HandedIn, clean_pictures
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.factories import EnrollmentFactory
from tests.walks import Walk, burst, run_jobs, selfie

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment() -> Enrollment:
    return EnrollmentFactory(state=State.DATA_CONFIRMED)


def run_out(challenge: Challenge, *, left: timedelta = timedelta()) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(expires_at=timezone.now() + left)


def draw(enrollment: Enrollment, times: int) -> list[Challenge]:
    """Each is shown, and its time runs out."""
    drawn = []
    for _ in range(times):
        drawn.append(issue_challenge(enrollment))
        run_out(drawn[-1])
    return drawn


def draws(enrollment: Enrollment) -> int:
    return Enrollment.objects.get(pk=enrollment.pk).challenge_draws


def test_who_asks_again_is_asked_for_the_same_turns(enrollment):
    asked = [issue_challenge(enrollment) for _ in range(20)]
    assert {(one.pk, tuple(one.steps)) for one in asked} == {(asked[0].pk, tuple(asked[0].steps))}
    assert draws(enrollment) == 1


@pytest.mark.parametrize("left", [timedelta(0), TOO_SHORT - timedelta(seconds=1)])
def test_once_the_time_is_over_others_are_drawn_and_counted(enrollment, left):
    first = issue_challenge(enrollment)
    run_out(first, left=left)
    second = issue_challenge(enrollment)
    assert [first.pk != second.pk, draws(enrollment)] == [True, 2]


def test_only_so_many_are_drawn(enrollment, settings):
    draw(enrollment, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(Conflict) as refusal:
        issue_challenge(enrollment)
    assert refusal.value.code == "challenges_used_up"
    assert draws(enrollment) == settings.MAX_CHALLENGE_DRAWS


def test_the_last_one_drawn_can_still_be_asked_for_again(enrollment, settings):
    draw(enrollment, settings.MAX_CHALLENGE_DRAWS - 1)
    last = issue_challenge(enrollment)
    assert issue_challenge(enrollment).pk == last.pk


FRAMES = [f"frame {place}".encode() for place in range(6)]
DIGESTS = [hashlib.sha256(frame).hexdigest() for frame in FRAMES]


def handed_in(frames: list[bytes]) -> HandedIn:
    digests = [hashlib.sha256(frame).hexdigest() for frame in frames]
    return HandedIn(selfie=b"", frames=frames, times=[*range(len(frames))], digests=digests)


def follow(enrollment: Enrollment) -> Challenge:
    """To its end, with three of FRAMES for each step."""
    challenge = issue_challenge(enrollment)
    for digests in (DIGESTS[:3], DIGESTS[3:]):
        told = settle_step(enrollment, challenge_id=challenge.pk, digests=digests)
    return told


def test_a_step_is_told_once_the_one_before_is_settled(enrollment):
    challenge = issue_challenge(enrollment)
    told = [
        settle_step(enrollment, challenge_id=challenge.pk, digests=digests).step
        for digests in (DIGESTS[:3], DIGESTS[3:])
    ]
    assert [challenge.step, *told] == [*challenge.steps, None]
    with pytest.raises(Refused):
        settle_step(enrollment, challenge_id=challenge.pk, digests=["0" * 64, "1" * 64, "2" * 64])


@pytest.mark.parametrize(
    "digests", [[], DIGESTS[:2], [DIGESTS[0]] * 3, [f"{place:064x}" for place in range(13)]]
)
def test_too_few_too_many_or_the_same_frames_settle_nothing(enrollment, digests):
    challenge = issue_challenge(enrollment)
    with pytest.raises(Refused, match="bad_frames"):
        settle_step(enrollment, challenge_id=challenge.pk, digests=digests)
    assert Challenge.objects.get(pk=challenge.pk).settled == []


def test_frames_of_one_step_do_not_serve_for_the_next(enrollment):
    challenge = issue_challenge(enrollment)
    settle_step(enrollment, challenge_id=challenge.pk, digests=DIGESTS[:3])
    with pytest.raises(Refused, match="bad_frames"):
        settle_step(enrollment, challenge_id=challenge.pk, digests=DIGESTS[2:5])


def test_a_step_whose_answer_was_lost_is_settled_once(enrollment):
    challenge = issue_challenge(enrollment)
    for digests in (DIGESTS[:3], DIGESTS[3:]):
        told = [
            settle_step(enrollment, challenge_id=challenge.pk, digests=digests) for _ in range(2)
        ]
        assert told[0].settled == told[1].settled == Challenge.objects.get().settled
    assert [told[1].step, len(told[1].settled), draws(enrollment)] == [None, 2, 1]


def test_whoever_knows_a_step_and_asks_anew_is_asked_for_others_and_that_counts(enrollment):
    first = issue_challenge(enrollment)
    settle_step(enrollment, challenge_id=first.pk, digests=DIGESTS[:3])
    second = issue_challenge(enrollment)
    assert [first.pk != second.pk, draws(enrollment)] == [True, 2]
    with pytest.raises(Refused):
        settle_step(enrollment, challenge_id=first.pk, digests=DIGESTS[3:])


@pytest.mark.parametrize(
    "frames", [[], FRAMES[:5], [*FRAMES[:5], b"another"], FRAMES[::-1], [*FRAMES, b"more"]]
)
def test_only_the_frames_that_were_settled_serve_in_their_order(enrollment, frames):
    challenge = follow(enrollment)
    with pytest.raises(Refused, match="bad_frames"):
        use_challenge(enrollment, challenge.pk, handed_in(frames))


@pytest.mark.parametrize("times", [[0, 150, 209], [0, 150, 150], [0, 150, 100]])
def test_frames_too_close_to_be_judged_are_refused_before_they_cost_a_try(times):
    picture = selfie(0)
    with pytest.raises(Refused) as told:
        clean_pictures(picture, [picture] * 3, times)
    assert [told.value.code, told.value.message] == ["bad_frames", TOO_CLOSE]
    assert clean_pictures(picture, [picture] * 3, [0, 60, 120]).times == [0, 60, 120]


@pytest.mark.parametrize("times", [[-1, 200, 400], [0, 200, 600_001], [0, 200, 10**17]])
def test_frames_of_another_time_than_a_challenges_are_refused(times):
    with pytest.raises(Refused, match="bad_frames"):
        clean_pictures(selfie(0), burst(0, "turn_left")[:3], times)


def test_a_challenge_that_was_not_followed_to_its_end_does_not_serve(enrollment):
    challenge = issue_challenge(enrollment)
    settle_step(enrollment, challenge_id=challenge.pk, digests=DIGESTS[:3])
    with pytest.raises(Refused, match="bad_frames"):
        use_challenge(enrollment, challenge.pk, handed_in(FRAMES[:3]))


def test_only_the_open_challenge_serves_and_once(enrollment):
    former = issue_challenge(enrollment)
    run_out(former)
    challenge = follow(enrollment)
    run_out(former, left=timedelta(minutes=3))
    with pytest.raises(Refused):
        use_challenge(enrollment, former.pk, handed_in(FRAMES))
    film = use_challenge(enrollment, challenge.pk, handed_in(FRAMES))
    assert [film.steps, film.sizes, film.frames] == [challenge.steps, [3, 3], FRAMES]
    with pytest.raises(Refused):
        use_challenge(enrollment, challenge.pk, handed_in(FRAMES))


def test_another_enrollments_challenge_does_not_serve(enrollment):
    other = follow(EnrollmentFactory(state=State.DATA_CONFIRMED))
    with pytest.raises(Refused):
        use_challenge(enrollment, other.pk, handed_in(FRAMES))


def test_the_database_itself_keeps_one_open(enrollment):
    challenge = issue_challenge(enrollment)
    with pytest.raises(IntegrityError, match="one_open_challenge"), transaction.atomic():
        Challenge.objects.create(
            enrollment=enrollment, steps=["turn_left"], expires_at=challenge.expires_at
        )


def test_without_more_turns_the_selfie_is_taken_all_the_same_and_an_officer_looks(settings):
    walk = Walk().to_selfie()
    draw(walk.enrollment, settings.MAX_CHALLENGE_DRAWS)
    with pytest.raises(StepFailed, match="You can take the selfie without them"):
        walk.turn_head(partial(burst, 0))
    walk.hand_in_selfie(selfie(0))
    run_jobs()
    assert walk.refresh()["state"] == "waiting_review"
    assert walk.enrollment.findings.get(check_name="challenge").outcome == "missing"


def test_a_selfie_ends_what_was_asked_for_before_it():
    walk = Walk().to_selfie()
    issue_challenge(walk.enrollment)
    walk.hand_in_selfie(selfie(0))
    assert [one.ended_at is None for one in Challenge.objects.all()] == [False]


def test_turns_asked_for_by_another_tab_are_the_same_and_serve():
    walk = Walk().to_selfie()
    first = issue_challenge(walk.enrollment)
    second, frames = walk.turn_head(partial(burst, 0))
    walk.hand_in_selfie(selfie(0), challenge=second, frames=frames)
    run_jobs()
    assert [str(first.pk) == second, walk.refresh()["state"]] == [True, "verified"]


def test_the_page_is_told_in_a_sentence_that_no_more_are_asked_for(client, enrollment, settings):
    session = client.session
    session[SESSION_KEY] = str(enrollment.pk)
    session.save()
    draw(enrollment, settings.MAX_CHALLENGE_DRAWS - 1)
    asked, again = (client.post(reverse("registration:challenge")).json() for _ in range(2))
    assert [asked["id"] == again["id"], 170 < asked["seconds"] <= 180] == [True, True]
    run_out(Challenge.objects.get(pk=asked["id"]))
    answer = client.post(reverse("registration:challenge"))
    assert [answer.status_code, answer.json()["code"]] == [409, "challenges_used_up"]
    assert "You can take the selfie without them" in answer.json()["detail"]

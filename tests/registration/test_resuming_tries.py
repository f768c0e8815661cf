"""A suspended digital ID is tried to be put in force only so often, with turns of its own."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from registration.errors import Conflict, Refused
from registration.models import Challenge, Enrollment, ResumeCheck
from registration.services import resuming
from registration.services.challenges import issue_challenge, use_challenge
from registration.services.pictures import HandedIn
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.registration.suspended import (
    LIVE,
    fail,
    follow_turns,
    fresh,
    hand_in,
    obstacle,
    suspended,
    suspended_anew,
)
from tests.walks import burst, selfie

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_so_many_tries_a_day_whatever_it_is_suspended_for(settings):
    digital_id = suspended(plain=True)
    for _ in range(settings.MAX_RESUMES_A_DAY):
        fail(digital_id)
    cache.clear()  # Redis may be wiped at any moment
    assert obstacle(digital_id) == "tries_of_today"
    suspended_anew(digital_id, "holder_asked")
    assert obstacle(digital_id) == "tries_of_today"
    with pytest.raises(Conflict, match="tries_of_today"):
        resuming.ask_turns(fresh(digital_id))
    with time_machine.travel(timezone.now() + DAY):
        assert resuming.standing_of(fresh(digital_id)).left == settings.MAX_RESUMES_A_DAY


def test_so_many_in_all_until_it_has_succeeded(settings):
    digital_id = suspended(plain=True)
    for days in range(settings.MAX_RESUMES):
        with time_machine.travel(timezone.now() + days * DAY):
            fail(digital_id)
    with time_machine.travel(timezone.now() + 30 * DAY):
        assert obstacle(digital_id) == "tries_used_up"
    ResumeCheck.objects.filter(pk=ResumeCheck.objects.last().pk).update(outcome="passed")
    with time_machine.travel(timezone.now() + 30 * DAY):
        assert obstacle(digital_id) == ""


def test_one_at_a_time():
    digital_id = suspended(plain=True)
    hand_in(digital_id)
    assert obstacle(digital_id) == "being_checked"
    with pytest.raises(Conflict, match="being_checked"):
        resuming.ask_turns(digital_id)
    (mine,) = ResumeCheck.objects.values("enrollment_id", "number_key", "digital_id_key")
    with pytest.raises(IntegrityError), transaction.atomic():
        ResumeCheck.objects.create(**mine, suspended_at=timezone.now())


def test_a_selfie_without_turns_costs_no_try():
    digital_id = suspended(plain=True)
    nothing = {"frames": [], "frame_times": [], "challenge_id": None, "capture": LIVE}
    with pytest.raises(Refused, match="no_turns"):
        resuming.hand_in_resume(digital_id, selfie=selfie(0), **nothing)
    assert not ResumeCheck.objects.exists()


def test_turns_drawn_for_another_suspension_serve_no_more():
    digital_id = suspended(plain=True)
    challenge, frames = follow_turns(digital_id, lambda step: burst(0, step, taking=1))
    suspended_anew(digital_id, "device_lost")
    with pytest.raises(Refused, match="challenge_over"):
        resuming.hand_in_resume(
            fresh(digital_id),
            selfie=selfie(0),
            frames=frames,
            frame_times=[150 * place for place in range(len(frames))],
            challenge_id=challenge,
            capture=LIVE,
        )


def test_its_turns_serve_no_registration_and_the_other_way_round():
    digital_id = suspended(plain=True)
    resuming.ask_turns(digital_id)
    mine = Enrollment.objects.get(pk=digital_id.enrollment_id)
    nothing = HandedIn(b"", [], [], [])
    with pytest.raises(Refused, match="challenge_over"):
        use_challenge(mine, Challenge.objects.get().pk, nothing)
    other = EnrollmentFactory(state=State.DATA_CONFIRMED)
    drawn = issue_challenge(other)
    with pytest.raises(Refused, match="challenge_over"):
        use_challenge(other, drawn.pk, nothing, resumes=timezone.now())


def test_turns_are_drawn_only_so_often_a_day_and_not_at_the_registrations_cost(settings):
    digital_id = suspended(plain=True)
    mine = Enrollment.objects.filter(pk=digital_id.enrollment_id)
    mine.update(challenge_draws=settings.MAX_CHALLENGE_DRAWS)
    for _ in range(settings.MAX_CHALLENGE_DRAWS):
        resuming.ask_turns(digital_id)
        Challenge.objects.update(expires_at=timezone.now())
    with pytest.raises(Conflict, match="challenges_used_up"):
        resuming.ask_turns(digital_id)
    assert mine.get().challenge_draws == settings.MAX_CHALLENGE_DRAWS

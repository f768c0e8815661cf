"""Who may put a digital ID in force again alone, how often, and what comes between."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.services import Actor
from core.outbox import services as outbox
from core.outbox.models import Job
from identity.life import OFFICERS_REASONS, change_status
from identity.models import DigitalID
from registration.errors import Conflict, Refused
from registration.models import Challenge, Enrollment, Evidence, ResumeCheck
from registration.services import resuming
from registration.services.challenges import issue_challenge, use_challenge
from registration.services.pictures import HandedIn
from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import DigitalIDFactory
from tests.identity.messages import kinds_of
from tests.registration.suspended import LIVE, follow_turns, fresh, hand_in, suspend, suspended
from tests.walks import burst, run_jobs, selfie
from verification.findings import Finding, Outcome
from verification.policy import OF_RESUMES

pytestmark = pytest.mark.django_db
PASSES = [Finding(check, Outcome.PASSED) for check in OF_RESUMES]
DAY = timedelta(days=1)
CLERK = Actor.system("test")


def begun(digital_id: DigitalID) -> ResumeCheck:
    """A check that waits for its answer, without pictures."""
    standing = resuming.standing_of(digital_id)
    return ResumeCheck.objects.create(
        enrollment=standing.enrollment,
        number_key=digital_id.number_key,
        digital_id_key=digital_id.pk,
        suspended_at=standing.since,
    )


def fail(digital_id: DigitalID) -> None:
    resuming.decide_resume(begun(digital_id), facts=[])


def obstacle(digital_id: DigitalID) -> str:
    return resuming.standing_of(fresh(digital_id)).obstacle


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("device_lost", ""),
        ("holder_asked", ""),
        ("misused", "office_only"),
        ("data_wrong", "office_only"),
        ("left_register", "office_only"),
        ("holder_died", "office_only"),
        ("cleared", "office_only"),
    ],
)
def test_a_face_clears_up_what_concerns_nobody_but_the_holder(reason, expected):
    digital_id = suspended(reason, plain=True)
    assert obstacle(digital_id) == expected
    if expected:
        with pytest.raises(Conflict, match=expected):
            resuming.ask_turns(digital_id)


def test_one_in_force_or_run_out_is_no_case_of_it():
    digital_id = suspended(plain=True)
    DigitalID.objects.filter(pk=digital_id.pk).update(expires_on=timezone.localdate() - DAY)
    assert [obstacle(one) for one in (digital_id, DigitalIDFactory())] == ["not_suspended"] * 2


def test_one_of_the_pilot_or_without_photo_is_an_offices():
    pilots = suspend(DigitalIDFactory())
    without = suspended(plain=True)
    DigitalID.objects.filter(pk=without.pk).update(portrait="")
    assert [obstacle(one) for one in (pilots, without)] == ["no_picture"] * 2


def test_one_that_is_just_issued_anew_is_an_offices():
    digital_id = suspended(plain=True)
    Enrollment.objects.filter(pk=digital_id.enrollment_id).update(state=State.VERIFIED)
    assert obstacle(digital_id) == "no_picture"


def test_no_officer_gives_the_faces_reason():
    assert "face_shown" not in dict(OFFICERS_REASONS)


def test_it_passes_only_where_every_check_passed():
    digital_id = suspended(plain=True)
    check = resuming.decide_resume(begun(digital_id), facts=PASSES)
    assert (check.outcome, fresh(digital_id).status) == ("passed", "active")
    again = resuming.decide_resume(check, facts=[])
    assert (again.outcome, kinds_of(digital_id)) == ("passed", ["suspended", "resumed"])


@pytest.mark.parametrize("check", OF_RESUMES)
def test_none_of_the_checks_may_be_missing(check):
    digital_id = suspended(plain=True)
    facts = [one for one in PASSES if one.check != check]
    decided = resuming.decide_resume(begun(digital_id), facts=facts)
    assert (decided.outcome, decided.reason) == ("failed", check)
    assert fresh(digital_id).status == "suspended"


def revoked(digital_id: DigitalID) -> None:
    change_status(digital_id, "revoke", actor=CLERK, reason="holder_asked")


def cleared(digital_id: DigitalID) -> None:
    change_status(digital_id, "resume", actor=CLERK, reason="cleared")


def suspended_anew(digital_id: DigitalID, reason: str) -> None:
    cleared(digital_id)
    suspend(fresh(digital_id), reason)


def run_out(digital_id: DigitalID) -> None:
    DigitalID.objects.filter(pk=digital_id.pk).update(expires_on=timezone.localdate() - DAY)


def issued_anew(digital_id: DigitalID) -> None:
    Enrollment.objects.filter(pk=digital_id.enrollment_id).update(state=State.VERIFIED)


@pytest.mark.parametrize(
    ("meanwhile", "status"),
    [
        (revoked, "revoked"),
        (cleared, "active"),
        (lambda one: suspended_anew(one, "misused"), "suspended"),
        (lambda one: suspended_anew(one, "device_lost"), "suspended"),
        (run_out, "suspended"),
        (issued_anew, "suspended"),
    ],
)
def test_what_has_become_of_it_meanwhile_stands(meanwhile, status):
    digital_id = suspended(plain=True)
    check = begun(digital_id)
    meanwhile(digital_id)
    before = kinds_of(digital_id)
    decided = resuming.decide_resume(check, facts=PASSES)
    assert (decided.outcome, fresh(digital_id).status) == ("overtaken", status)
    assert kinds_of(digital_id) == before


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
            frame_times=list(range(len(frames))),
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


def test_a_job_that_never_succeeds_decides_against_it_and_leaves_no_pictures(settings):
    digital_id = suspended(plain=True)
    DigitalID.objects.filter(pk=digital_id.pk).update(portrait="gone")
    check = hand_in(fresh(digital_id))
    for _ in range(settings.JOB_MAX_DELIVERIES):
        Job.objects.update(not_before=timezone.now())
        run_jobs()
    check.refresh_from_db()
    assert (check.outcome, check.reason) == ("failed", "face_found")
    assert not Evidence.objects.filter(kind__startswith="resume").exists()


def test_a_job_that_comes_again_finds_nothing_to_do():
    digital_id = suspended(plain=True)
    check = hand_in(digital_id)
    run_jobs()
    check.refresh_from_db()
    Job.objects.filter(subject=check.pk).update(state="ready", not_before=timezone.now())
    outbox.run(Job.objects.get(subject=check.pk).pk)
    assert ResumeCheck.objects.get().outcome == check.outcome
    assert Entry.objects.filter(action="digital_id.resume_decided").count() == 1


def test_the_log_has_who_asked_and_what_came_of_it():
    digital_id = suspended(plain=True)
    hand_in(digital_id)
    run_jobs()
    entries = Entry.objects.about(digital_id).filter(action__contains="resume").order_by("id")
    assert [(one.action, one.actor_kind) for one in entries] == [
        ("digital_id.resume_asked", "citizen"),
        ("digital_id.resume_decided", "system"),
    ]
    assert entries.last().details == {"outcome": "failed", "why": "portrait_found"}

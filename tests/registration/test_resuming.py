"""Who may put a digital ID in force again alone, how often, and what comes between."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from core.outbox import services as outbox
from core.outbox.models import Job
from identity.following import follow_register
from identity.life import OFFICERS_REASONS, NotNow, change_status
from identity.models import DigitalID
from registration.errors import Conflict
from registration.models import Enrollment, Evidence, ResumeCheck
from registration.services import resuming
from registration.states import State
from tests.identity.factories import DigitalIDFactory, PopulationRecordFactory
from tests.identity.messages import kinds_of
from tests.registration.suspended import (
    CLERK,
    begun,
    cleared,
    fresh,
    hand_in,
    obstacle,
    suspend,
    suspended,
    suspended_anew,
)
from tests.walks import run_jobs
from verification.findings import Finding, Outcome
from verification.policy import OF_RESUMES

pytestmark = pytest.mark.django_db
PASSES = [Finding(check, Outcome.PASSED) for check in OF_RESUMES]
DAY = timedelta(days=1)


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


def followed(digital_id: DigitalID, status: str) -> None:
    """As an import that says so of the holder leaves it."""
    record = PopulationRecordFactory(
        number_key=digital_id.number_key, status=status, person=digital_id.holder
    )
    follow_register({digital_id.number_key: record}, actor=CLERK)


@pytest.mark.parametrize(("status", "expected"), [("alive", ""), ("removed", "not_registered")])
def test_the_register_may_have_lost_the_holder_meanwhile(status, expected):
    digital_id = suspended(plain=True)
    followed(digital_id, status)
    assert fresh(digital_id).status_reason == "device_lost"
    assert obstacle(digital_id) == expected


def test_a_check_under_way_puts_nobody_in_force_whom_the_register_has_lost():
    digital_id = suspended(plain=True)
    check = begun(digital_id)
    PopulationRecordFactory(number_key=digital_id.number_key, status="removed")
    assert resuming.decide_resume(check, facts=PASSES).outcome == "overtaken"
    assert fresh(digital_id).status == "suspended"


def test_what_the_holder_stopped_an_officer_holds_for_misuse():
    digital_id = suspended(plain=True)
    check = begun(digital_id)
    suspend(digital_id, "misused")
    assert obstacle(digital_id) == "office_only"
    assert resuming.decide_resume(check, facts=PASSES).outcome == "overtaken"
    assert kinds_of(digital_id)[:2] == ["suspended", "suspended"]


@pytest.mark.parametrize("reason", ["device_lost", "left_register", "misused"])
def test_nobody_makes_a_suspension_milder(reason):
    digital_id = suspended("misused", plain=True)
    with pytest.raises(NotNow):
        suspend(digital_id, reason)
    assert fresh(digital_id).status_reason == "misused"


def test_one_held_for_misuse_does_not_come_back_with_its_holder_in_the_register():
    digital_id = suspended("left_register", plain=True)
    suspend(digital_id, "misused")
    followed(digital_id, "alive")
    assert fresh(digital_id).status == "suspended"

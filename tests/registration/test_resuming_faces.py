"""A suspended digital ID is put in force again by its holder's face and by no picture of it."""

import pytest

from audit.models import Entry
from core.storage import read_sealed
from identity.models import HolderNotice
from registration.models import Evidence, EvidenceKind, ResumeCheck
from tests.identity.messages import kinds_of
from tests.registration.suspended import (
    LIVE,
    STRANGER,
    fresh,
    hand_in,
    photo,
    suspend,
    suspended,
    verified_selfie,
)
from tests.walks import run_jobs
from verification.capture import Assurance, Capture, Sign
from verification.models import SeenPicture
from verification.pictures_seen import forget_pictures

pytestmark = pytest.mark.django_db


def answer(check: ResumeCheck) -> tuple[str, str]:
    run_jobs()
    check.refresh_from_db()
    return check.outcome, check.reason


def test_the_holders_own_face_puts_it_in_force(django_capture_on_commit_callbacks):
    digital_id = suspended()
    check = hand_in(digital_id)
    names = list(Evidence.objects.filter(kind__startswith="resume").values_list("name", flat=True))
    assert len(names) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(check) == ("passed", "")
    now = fresh(digital_id)
    assert (now.status, now.status_reason) == ("active", "face_shown")
    assert kinds_of(digital_id) == ["suspended", "resumed"]
    last = Entry.objects.get(action="digital_id.resumed")
    assert (last.actor_kind, last.reason) == ("citizen", "face_shown")
    assert not Evidence.objects.filter(kind__startswith="resume").exists()
    for name in names:
        with pytest.raises(FileNotFoundError):
            read_sealed(name)


def test_the_pictures_of_a_try_are_known_afterwards():
    digital_id = suspended()
    mine = SeenPicture.objects.filter(subject=digital_id.enrollment_id)
    before = mine.count()
    answer(hand_in(digital_id))
    kept = [mine.filter(later=later).count() for later in (False, True)]
    assert [kept[0], kept[1] > 1] == [before, True]
    assert forget_pictures(digital_id.enrollment_id) == sum(kept)


def test_another_face_does_not():
    digital_id = suspended()
    assert answer(hand_in(digital_id, STRANGER)) == ("failed", "face_match")
    assert fresh(digital_id).status == "suspended"
    assert kinds_of(digital_id) == ["suspended", "resume_failed"]
    assert not Evidence.objects.filter(kind__startswith="resume").exists()


@pytest.mark.parametrize(
    ("shown", "reasons"),
    [
        (photo, {"own_picture", "fresh_pictures", "liveness", "face_quality"}),
        (verified_selfie, {"fresh_pictures"}),
    ],
)
def test_the_photo_of_the_digital_id_and_the_verified_selfie_do_not(shown, reasons):
    digital_id = suspended()
    outcome, reason = answer(hand_in(digital_id, shown=shown()))
    assert outcome == "failed"
    assert reason in reasons


def test_pictures_that_were_handed_in_before_do_not():
    digital_id = suspended()
    answer(hand_in(digital_id))
    again = suspend(fresh(digital_id))
    assert answer(hand_in(again)) == ("failed", "fresh_pictures")


@pytest.mark.parametrize(
    "capture",
    [
        Capture(),
        Capture(signs=(Sign.FILE,)),
        Capture(Assurance.UNATTESTED, (Sign.VIRTUAL_CAMERA,)),
    ],
)
def test_what_no_camera_is_known_of_does_not(capture):
    assert answer(hand_in(suspended(), capture=capture)) == ("failed", "capture")


def test_what_an_app_vouches_for_does():
    assert answer(hand_in(suspended(), capture=Capture(Assurance.ATTESTED))) == ("passed", "")


def test_nobody_hears_of_it_but_the_holder():
    answer(hand_in(suspended(), STRANGER, capture=LIVE))
    assert HolderNotice.objects.filter(kind="resume_failed").count() == 1
    assert EvidenceKind.RESUME_SELFIE not in Evidence.objects.values_list("kind", flat=True)

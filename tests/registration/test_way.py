"""The eight steps through the API, on real pictures."""

import numpy as np
import pytest

from audit.models import Entry
from identity.models import Device, DigitalID
from registration.models import Enrollment, Evidence, EvidenceKind
from tests.walks import PASSWORD, Walk, run_jobs, selfie
from verification.images import decode, encode

pytestmark = pytest.mark.django_db


def test_a_citizen_goes_from_the_terms_to_the_digital_id():
    walk = Walk().to_consent()
    answer = walk.consent(PASSWORD)
    digital_id = DigitalID.objects.get()
    assert answer["state"] == "activated"
    assert answer["digital_id"] == str(digital_id.pk)
    assert answer["device"] == str(Device.objects.get(digital_id=digital_id).pk)
    assert digital_id.holder.first_name_th == walk.person.first_name_th
    assert digital_id.assurance == "IAL2.2"


def test_every_step_of_the_way_left_an_entry():
    Walk().to_consent().consent(PASSWORD)
    ours = Entry.objects.exclude(action__startswith="case.").order_by("id")
    assert list(ours.values_list("action", flat=True)) == [
        "enrollment.start",
        "enrollment.accept_terms",
        "enrollment.capture_card",
        "enrollment.confirm_data",
        "enrollment.submit_selfie",
        "enrollment.pass_checks",
        "enrollment.set_password",
        "enrollment.activate",
        "digital_id.issued",
        "device.bound",
    ]


def test_the_card_is_read_as_it_was_printed():
    walk = Walk().to_confirm()
    read = {name: field["value"] for name, field in walk.state["reading"].items()}
    person = walk.person
    assert walk.state["step"] == "confirm"
    assert read["number"] == person.number
    assert read["first_name_th"] == person.first_name_th
    assert read["last_name_en"] == person.last_name_en
    assert read["birth_date"] == person.birth_date
    assert read["laser_code"] == person.laser_code


def test_another_persons_selfie_goes_to_an_officer():
    walk = Walk(0).to_answer(of=1)
    failed = walk.enrollment.findings.filter(outcome="failed")
    assert walk.state["step"] == "waiting"
    assert "face_match" in set(failed.values_list("check_name", flat=True))


def test_a_selfie_without_head_turns_goes_to_an_officer():
    assert Walk().to_answer(turns=False).state["state"] == "waiting_review"


def test_somebody_the_register_does_not_know_goes_to_an_officer():
    walk = Walk(known=False).to_answer()
    assert walk.state["state"] == "waiting_review"
    assert walk.enrollment.findings.get(check_name="register").outcome == "failed"


def test_a_face_under_a_second_number_goes_to_an_officer():
    Walk(0).to_answer()
    second = Walk(1).to_selfie()
    second.send_selfie(0)
    run_jobs()
    found = second.enrollment.findings.get(check_name="duplicate")
    first = Enrollment.objects.get(number_key__isnull=False, state="verified")
    assert [one["subject"] for one in found.details["candidates"]] == [str(first.pk)]
    assert second.refresh()["state"] == "waiting_review"


def test_a_blurred_card_is_asked_for_again_by_name():
    walk = Walk().to_confirm(fault="blurred card")
    assert (walk.state["step"], walk.state["problem"]) == ("card_front", "blurred")


def side_by_side(left: bytes, right: bytes) -> bytes:
    return encode(np.hstack([decode(left)[:960, :720], decode(right)[:960, :720]]))


def test_two_faces_in_the_selfie_are_named_as_the_reason():
    walk = Walk().to_selfie()
    walk.hand_in_selfie(side_by_side(selfie(0), selfie(1)))
    run_jobs()
    assert walk.refresh()["step"] == "retake"
    assert walk.enrollment.retake_reason == "several_faces"


def test_no_picture_lies_unencrypted_in_the_storage(settings, tmp_path):
    Walk().to_answer()
    names = Evidence.objects.values_list("name", flat=True)
    folder = settings.STORAGES["evidence"]["OPTIONS"]["location"]
    stored = [(folder / name).read_bytes() for name in names]
    assert {EvidenceKind.SELFIE, EvidenceKind.PORTRAIT} <= set(
        Evidence.objects.values_list("kind", flat=True)
    )
    assert [data for data in stored if b"\xff\xd8\xff" in data[:200]] == []


def test_a_retake_says_the_one_thing_to_do_better():
    walk = Walk().to_selfie()
    walk.hand_in_selfie(encode((decode(selfie(0)) * 0.15).astype(np.uint8)))
    run_jobs()
    assert walk.refresh()["retake"] == "The selfie was too dark. Please turn towards the light."

"""Wrong input: a clear sentence, a proper status, and nothing has changed."""

import io
from dataclasses import asdict

import pytest
from django.utils import translation
from PIL import Image
from rest_framework.test import APIClient

from audit.models import Entry
from core.thai_words import plain
from devstack.demo.specimens.people import expired
from identity.models import DigitalID
from identity.numbers import number_key
from identity.person import FIELDS
from registration.models import Enrollment, Evidence
from tests.walks import PASSWORD, Walk, card_photos, run_jobs

pytestmark = pytest.mark.django_db


def hundred_megapixels() -> bytes:
    """A few kilobytes that would be 100 million pixels."""
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


def plain_jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (120, 130, 140)).save(out, "JPEG")
    return out.getvalue()


def snapshot(walk: Walk) -> tuple:
    """What a refusal must leave alone."""
    return walk.enrollment.state, Evidence.objects.count(), Entry.objects.count()


def refused(walk: Walk, verb: str, path: str, data: dict, *, files: bool = False) -> tuple:
    before = snapshot(walk)
    answer = getattr(walk.client, verb)(
        f"/api/v1/enrollment/{path}", data, format="multipart" if files else "json"
    )
    assert snapshot(walk) == before
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["detail"]
    return answer.status_code, problem["errors"][0]["code"]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"this is no picture", "not_an_image"),
        (hundred_megapixels(), "too_many_pixels"),
        (plain_jpeg()[:700], "truncated"),
        (b"\xff\xd8\xff", "truncated"),
    ],
    ids=["no picture", "100 megapixels", "half a JPEG", "three bytes"],
)
def test_what_is_no_usable_picture_is_refused(picture, code):
    data = {"picture": io.BytesIO(picture)}
    assert refused(Walk(), "put", "card/front/", data, files=True) == (422, code)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("number", "1234567890123", "wrong_number"),
        ("first_name_th", "Somchai", "not_thai"),
        ("laser_code", "12", "bad_laser_code"),
        ("birth_date", "2565-13-40", "bad_date"),
    ],
)
def test_data_that_cannot_stand_on_a_card_are_refused(field, value, code):
    walk = Walk().to_confirm()
    data = {name: asdict(walk.person)[name] for name in FIELDS} | {field: value}
    assert refused(walk, "put", "data/", data) == (400, code)


def test_an_expired_card_is_refused():
    walk = Walk().to_confirm()
    person = asdict(expired(walk.person))
    data = {name: person[name] for name in FIELDS}
    assert refused(walk, "put", "data/", data) == (400, "card_expired")


def test_a_number_that_has_a_digital_id_is_referred_once_the_face_is_proven():
    Walk().to_consent().consent(PASSWORD)
    assert DigitalID.objects.filter(number_key=number_key(Walk().person.number)).exists()
    again = Walk().to_answer()
    assert again.state["state"] == "rejected"
    assert again.enrollment.reject_reason == "already_registered"


def test_passwords_that_differ_are_refused():
    walk = Walk().to_answer()
    data = {"first": PASSWORD, "second": PASSWORD + "!", "proof": walk.proof("password")}
    assert refused(walk, "post", "password/", data) == (400, "passwords_differ")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("password/", {"first": PASSWORD, "second": PASSWORD}),
        ("challenge/", {}),
        ("consent/", {"password": PASSWORD}),
    ],
)
def test_a_step_out_of_order_is_refused(path, data):
    assert refused(Walk(), "post", path, data) == (409, "step_out_of_order")


def test_a_photo_without_a_card_is_asked_for_again_by_name():
    walk = Walk()
    walk.photograph_card(plain_jpeg(), card_photos(0)[1])
    run_jobs()
    walk.refresh()
    assert (walk.state["step"], walk.state["problem"]) == ("card_front", "not_a_thai_id_card")


def test_a_selfie_without_a_face_is_asked_for_again():
    walk = Walk().to_selfie()
    walk.hand_in_selfie(plain_jpeg())
    run_jobs()
    assert walk.refresh()["step"] == "retake"
    assert walk.enrollment.retake_reason == "face_unclear"


def test_somebody_elses_reference_and_an_unknown_one_get_the_same_answer():
    walk = Walk().to_selfie()
    other = Enrollment.objects.create()
    answers = [
        APIClient().post(
            "/api/v1/enrollments/resume/",
            {"reference": reference, "number": walk.person.number},
            format="json",
        )
        for reference in (other.reference, "AAAA-BBBB-CCCC")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_a_refusal_speaks_the_citizens_language():
    walk = Walk()
    answer = walk.client.post(
        "/api/v1/enrollment/password/",
        {"first": PASSWORD, "second": PASSWORD},
        format="json",
        headers={"Accept-Language": "th"},
    )
    with translation.override("th"):
        expected = plain(
            translation.gettext(
                "This step cannot be done now. Please go on from the page you are shown."
            )
        )
    assert answer.json()["detail"] == expected

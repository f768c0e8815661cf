"""The pages and the API by which a holder puts a suspended digital ID in force again."""

import hashlib
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey
from rest_framework.test import APIClient

from devstack.demo.attesting import integrity_token
from devstack.demo.client import looked_at
from identity.models import Device
from registration.models import ResumeCheck
from registration.services.capturing import request_hash
from tests.identity.factories import PASSWORD, DeviceFactory, public_part
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock
from tests.registration.suspended import fail, fresh, hand_in, suspend, suspended
from tests.walks import burst, run_jobs, selfie

pytestmark = pytest.mark.django_db
RESUME, SELFIE, CHECKING, STATUS, CHALLENGE, STEP = (
    reverse(f"registration:resume_{name}")
    for name in ("id", "selfie", "checking", "status", "challenge", "challenge_step")
)
CARD, API = reverse("identity:card"), "/api/v1/holder/resume/"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def device(key) -> Device:
    digital_id = suspended()
    return DeviceFactory(key=key, digital_id=digital_id, name="My phone")


@pytest.fixture
def key() -> ECKey:
    return ECKey.generate_key("P-256")


@pytest.fixture
def holder(client, device) -> Client:
    return unlock(client, device.digital_id, device)


def page(client: Client, address: str) -> str:
    return client.get(address, headers=ENGLISH).content.decode()


def send_selfie(holder: Client, *, taking: int = 1, camera: str = "Front camera"):
    told, frames = holder.post(CHALLENGE).json(), []
    while told["step"]:
        made = burst(0, told["step"]["code"], taking=taking)
        frames += made
        digests = ",".join(hashlib.sha256(one).hexdigest() for one in made)
        told = holder.post(STEP, {"challenge": told["id"], "digests": digests}).json()
    sent = {
        "selfie": _file(selfie(0, taking=taking)),
        "frames": [_file(one) for one in frames],
        "frame_times": json.dumps(looked_at(len(frames))),
        "challenge": told["id"],
        "camera": camera,
    }
    return holder.post(SELFIE, sent)


def _file(jpeg: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("picture.jpg", jpeg, "image/jpeg")


def test_the_holder_walks_from_the_card_to_a_digital_id_in_force(holder, device):
    card = page(holder, CARD)
    assert "The device was lost or stolen" in card
    assert RESUME in card
    assert "My phone" in page(holder, RESUME)
    assert send_selfie(holder).headers["Location"] == CHECKING
    assert holder.get(STATUS).json()["step"] == "resume_checking"
    assert holder.get(SELFIE).headers["Location"] == CHECKING
    run_jobs()
    assert holder.get(STATUS).json() == {"step": "", "stage": "", "next": RESUME}
    assert holder.get(RESUME).headers["Location"] == CARD
    assert fresh(device.digital_id).status == "active"


def test_a_virtual_camera_is_told_why_and_how_many_tries_are_left(holder, device):
    send_selfie(holder, camera="OBS Virtual Camera")
    run_jobs()
    told = page(holder, RESUME)
    assert "with your phone&#x27;s camera in its browser" in told
    assert "You can try 2 more times today." in told
    assert fresh(device.digital_id).status == "suspended"


def test_a_file_is_taken_by_no_page(holder):
    answer = holder.post(SELFIE, {"selfie": _file(selfie(0))})
    assert answer.status_code == 422
    assert not ResumeCheck.objects.exists()


def test_the_lost_phone_is_removed_before(holder, device):
    lost = DeviceFactory(digital_id=device.digital_id, name="The lost one")
    assert "Remove The lost one" in page(holder, RESUME)
    holder.post(reverse("registration:resume_remove", args=[lost.pk]))
    told = page(holder, RESUME)
    assert ("Remove The lost one" in told, "Remove My phone" in told) == (False, True)
    lost.refresh_from_db()
    assert lost.removed_at


def test_a_device_of_somebody_else_is_not_removed(holder):
    others = DeviceFactory()
    answer = holder.post(reverse("registration:resume_remove", args=[others.pk]))
    assert answer.status_code == 404


def test_what_an_office_has_to_do_says_so(client):
    misused = suspended("misused", plain=True)
    told = page(unlock(client, misused), RESUME)
    assert "It was misused, or misuse is suspected" in told
    assert "not suspended for a lost device" in told
    assert client.get(SELFIE).headers["Location"] == RESUME
    assert client.post(CHALLENGE).status_code == 409


def test_no_try_left_says_when_again(holder, device):
    for _ in range(3):
        fail(device.digital_id)
    told = page(holder, RESUME)
    assert "try again tomorrow" in told
    assert SELFIE not in told


def test_a_locked_browser_is_asked_for_the_password(client, device):
    assert [client.get(one).status_code for one in (RESUME, SELFIE, STATUS)] == [302, 302, 302]


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same(holder, device, more, django_assert_num_queries):
    DeviceFactory.create_batch(more, digital_id=device.digital_id)
    holder.get(RESUME)
    with django_assert_num_queries(9):
        holder.get(RESUME)


def call(device: Device, key, method: str, path: str = "", data: dict | None = None, **how):
    token = make_token(device, key, aud="unlock")
    client = APIClient(headers={"Authorization": f"Device {token}"} | ENGLISH)
    return getattr(client, method)(f"{API}{path}", data or {}, **how)


def by_app(device: Device, key, *, password: str = PASSWORD, attested: bool = True):
    told, frames = call(device, key, "post", "challenge/").json(), []
    while told["step"]:
        made = burst(0, told["step"], taking=1)
        frames += made
        digests = [hashlib.sha256(one).hexdigest() for one in made]
        settled = {"challenge": told["id"], "digests": digests}
        told = call(device, key, "post", "challenge/step/", settled, format="json").json()
    shown, public = selfie(0, taking=1), public_part(key)
    sent = {"selfie": _file(shown), "frames": [_file(one) for one in frames]}
    sent["frame_times"] = [150 * place for place in range(len(frames))]
    sent |= {"challenge": told["id"], "password": password}
    if attested:
        made_for = request_hash(uuid.UUID(told["id"]), public, shown, frames)
        sent["attestation"] = integrity_token(made_for)
    return call(device, key, "post", data=sent, format="multipart")


def test_the_app_does_the_same_with_its_platforms_word(device, key):
    assert call(device, key, "get").json()["obstacle"] == ""
    answer = by_app(device, key)
    assert (answer.status_code, answer.json()["obstacle"]) == (202, "being_checked")
    run_jobs()
    assert call(device, key, "get").json()["status"] == "active"


def test_the_api_without_that_word_puts_nothing_in_force(device, key):
    assert by_app(device, key, attested=False).status_code == 202
    run_jobs()
    told = call(device, key, "get").json()
    assert (told["status"], told["problem"], told["left"]) == ("suspended", "capture", 2)


def test_the_app_asks_for_the_password(device, key):
    answer = by_app(device, key, password="not the password")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "password_refused")
    assert not ResumeCheck.objects.exists()


def test_the_app_is_told_why_it_is_an_offices(device, key):
    suspend_for_misuse(device)
    assert call(device, key, "get").json()["obstacle"] == "office_only"
    assert call(device, key, "post", "challenge/").status_code == 409


def suspend_for_misuse(device: Device) -> None:
    hand_in(device.digital_id)
    run_jobs()
    suspend(fresh(device.digital_id), "misused")

"""A passkey opens on its device alone: whatever else is sent is refused, and changes nothing."""

import json
import time
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from identity.models import Device, Passkey
from identity.passkeys import REFUSED
from tests.identity.authenticator import Authenticator
from tests.identity.factories import DeviceFactory
from tests.identity.messages import kinds_of
from tests.identity.short import (
    ADD,
    ASK,
    NEW,
    SHORT,
    UNLOCK,
    add_passkey,
    asked,
    confirmed,
    is_open,
    proof,
    written,
)
from tests.identity.test_pins import ENDS
from tests.identity.unlocked import unlock

pytestmark = pytest.mark.django_db
FORGED = {
    "another page's origin": {"origin": "http://evil.localhost:8000"},
    "another port": {"origin": "http://localhost:8001"},
    "without TLS elsewhere": {"origin": "http://localhost"},
    "another name": {"rp_id": "example.org"},
    "nobody verified": {"verifies": False},
    "another key": {"key": Authenticator().key},
    "another id": {"credential_id": b"x" * 20},
}


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.PORTAL_ADDRESS = "http://localhost:8000"


@pytest.fixture
def authenticator() -> Authenticator:
    return Authenticator()


@pytest.fixture
def phone(client, device, authenticator) -> Client:
    """The holder's, with a passkey, locked."""
    add_passkey(confirmed(client, device), authenticator)
    client.post(reverse("identity:lock"))
    return client


def answer_with(client: Client, answer: str):
    return client.post(UNLOCK, {"passkey": answer})


def open_by(client: Client, authenticator: Authenticator, device: Device, key: ECKey) -> bool:
    answer_with(client, authenticator.get(asked(client, device, key)))
    return is_open(client)


def test_it_is_set_up_for_the_password_and_the_holder_is_told(client, device, authenticator):
    unlock(client, device.digital_id, device)
    assert client.post(NEW).headers["Location"] == SHORT
    add_passkey(confirmed(client, device), authenticator)
    passkey = Passkey.objects.get()
    assert (passkey.device_id, bytes(passkey.credential_id)) == (
        device.pk,
        authenticator.credential_id,
    )
    assert written()[-1] == ("device.passkey_added", {"device": str(device.pk)})
    assert kinds_of(device.digital_id) == ["passkey_added"]


def test_the_device_is_asked_for_who_holds_it_and_told_nothing_of_them(client, device):
    options = confirmed(client, device).post(NEW).json()["publicKey"]
    chosen = options["authenticatorSelection"]
    assert (chosen["authenticatorAttachment"], chosen["userVerification"]) == (
        "platform",
        "required",
    )
    assert options["rp"] == {"id": "localhost", "name": "D.DOPA"}
    assert device.digital_id.holder.first_name_en not in json.dumps(options)


@pytest.mark.parametrize("forged", list(FORGED)[:5])  # any key may be added, under any id
def test_what_a_forger_sends_adds_nothing(client, device, authenticator, forged):
    add_passkey(confirmed(client, device), replace(authenticator, **FORGED[forged]))
    assert not Passkey.objects.exists()


def test_a_challenge_to_add_serves_once_and_the_session_that_asked(client, device, authenticator):
    options = confirmed(client, device).post(NEW).json()
    other = confirmed(Client(), device)
    other.post(ADD, {"passkey": authenticator.create(options)})
    assert not Passkey.objects.exists()
    answer = authenticator.create(options)
    for _ in range(2):
        client.post(ADD, {"passkey": answer})
    assert Passkey.objects.count() == 1


def test_a_passkey_is_one_devices(phone, device, authenticator):
    other = DeviceFactory()
    add_passkey(confirmed(Client(), other), authenticator)
    assert [one.device_id for one in Passkey.objects.all()] == [device.pk]


def test_it_opens_with_session_or_without(phone, device, key, authenticator):
    assert not is_open(phone)
    assert open_by(phone, authenticator, device, key)
    assert open_by(Client(), authenticator, device, key)
    unlocked = ("digital_id.unlocked", {"how": "passkey", "device": str(device.pk)})
    assert written()[-2:] == [unlocked, unlocked]


@pytest.mark.parametrize("forged", FORGED)
def test_what_a_forger_sends_does_not_open(phone, device, key, authenticator, forged):
    forger = replace(authenticator, **FORGED[forged])
    said = answer_with(phone, forger.get(asked(phone, device, key)))
    assert said.context["form"].errors == {"__all__": [str(REFUSED)]}
    assert written()[-1] == ("device.passkey_refused", {"device": str(device.pk)})
    assert not is_open(phone)


def test_an_answer_serves_once(phone, device, key, authenticator):
    answer = authenticator.get(asked(phone, device, key))
    assert [answer_with(phone, answer).status_code for _ in range(2)] == [302, 422]


def test_an_answer_from_another_session_does_not_open(phone, device, key, authenticator):
    thief = Client()
    answer = authenticator.get(asked(phone, device, key))
    asked(thief, device, key)
    answer_with(thief, answer)
    assert not is_open(thief)


def test_an_answer_that_comes_late_does_not_open(phone, device, key, authenticator):
    answer = authenticator.get(asked(phone, device, key))
    with time_machine.travel(time.time() + 181):
        assert answer_with(phone, answer).status_code == 422


def test_what_was_meant_to_add_does_not_open(phone, device, key, authenticator):
    options = confirmed(phone, device).post(NEW).json()
    phone.post(reverse("identity:lock"))
    answer_with(phone, authenticator.get(options))
    assert not is_open(phone)


def test_nobody_is_asked_without_the_devices_key(phone, device, authenticator):
    foreign = ECKey.generate_key("P-256")
    for sent in ("", proof(device, foreign), "made up"):
        answer = Client().post(ASK, {"proof": sent})
        assert (answer.status_code, answer.json()) == (404, {})


def test_a_copy_of_the_passkey_opens_nothing_on_the_holders_other_device(
    phone, device, authenticator
):
    key = ECKey.generate_key("P-256")
    other = DeviceFactory(digital_id=device.digital_id, key=key)
    assert phone.post(ASK, {"proof": proof(other, key)}).status_code == 404


def test_a_counter_that_goes_back_does_not_open(phone, device, key, authenticator):
    authenticator.counter = 7
    assert open_by(phone, authenticator, device, key)
    for counter, opens in ((7, False), (6, False), (0, False), (8, True)):
        authenticator.counter = counter
        assert open_by(Client(), authenticator, device, key) is opens


@pytest.mark.parametrize("why", ["device", "password", "revoked"])
def test_it_ends_with_what_it_rests_on(phone, device, key, authenticator, why):
    answer = authenticator.get(asked(phone, device, key))
    unlock(phone, device.digital_id, device)
    ENDS[why](phone, device)
    assert not Passkey.objects.exists()
    assert ("device.passkey_removed", {"device": str(device.pk), "why": why}) in written()
    phone.post(reverse("identity:lock"))
    answer_with(phone, answer)
    assert not is_open(phone)


def test_the_holder_takes_it_away(phone, device, key):
    unlock(phone, device.digital_id, device)
    phone.post(reverse("identity:remove_way", args=[device.pk, "passkey"]))
    assert kinds_of(device.digital_id) == ["passkey_added", "passkey_removed"]
    assert phone.post(ASK, {"proof": proof(device, key)}).status_code == 404


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"response": {}}',
        "[" * 15_000,
        '{"id": "%", "rawId": 1}',
    ],
)
def test_what_is_no_answer_is_refused(phone, device, key, answer):
    asked(phone, device, key)
    assert answer_with(phone, answer).status_code == 422
    confirmed(phone, device).post(NEW)
    assert phone.post(ADD, {"passkey": answer}).headers["Location"] == SHORT
    assert Passkey.objects.count() == 1


def test_pages_may_ask_for_it_and_others_not(phone, device):
    policy = phone.get(UNLOCK).headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in policy
    assert "publickey-credentials-create=()" in policy
    unlock(phone, device.digital_id, device)
    assert "publickey-credentials-create=(self)" in phone.get(SHORT).headers["Permissions-Policy"]
    elsewhere = phone.get(reverse("identity:devices")).headers["Permissions-Policy"]
    assert "publickey-credentials-get=()" in elsewhere
    assert "publickey-credentials-create=()" in elsewhere

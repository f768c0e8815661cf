"""The pages that show, open and bind a digital ID, and who gets to see them."""

import json
import time
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from identity import sessions
from identity.models import Device
from tests.identity.factories import PASSWORD, DigitalIDFactory, public_part
from tests.identity.tokens import make_token

pytestmark = pytest.mark.django_db
CARD, PHOTO, UNLOCK, LOCK, BIND, CHECK = (
    reverse(f"identity:{name}") for name in ("card", "photo", "unlock", "lock", "bind", "check")
)


@pytest.fixture
def digital_id(device):
    return device.digital_id


@pytest.fixture
def holder(client, device) -> Client:
    """The browser of the holder, unlocked just now."""
    session = client.session
    session[sessions.HOLDER] = str(device.digital_id_id)
    session[sessions.UNLOCKED_AT] = time.time()
    session[sessions.DEVICE] = str(device.pk)
    session.save()
    return client


def put(client: Client, **values: object) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_the_holder_sees_the_card_with_the_number_masked(holder, digital_id):
    page = holder.get(CARD)
    number = digital_id.holder.number
    assert page.status_code == 200
    assert (
        page.context["masked_number"]
        == f"{number[0]} {number[1:5]} xxxxx {number[10:12]} {number[12]}"
    )
    assert number not in page.content.decode()
    assert page.headers["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )


def test_the_card_names_the_key_that_signs_on_this_device(holder, device):
    page = holder.get(CARD).content.decode()
    assert f'data-device="{device.pk}"' in page
    assert f'data-key-x="{device.public_key["x"]}"' in page


def test_a_browser_with_another_ids_device_opens_nothing(holder, device):
    Device.objects.filter(pk=device.pk).update(digital_id=DigitalIDFactory())
    assert holder.get(CARD).headers["Location"] == "/id/unlock/"


def test_a_digital_id_not_in_force_shows_no_code(holder, digital_id):
    digital_id.status = "suspended"
    digital_id.save()
    page = holder.get(CARD).content.decode()
    assert "data-dopa-qr" not in page
    assert "Nobody can show it" in page


def test_the_photo_is_the_holders(holder, client):
    answer = holder.get(PHOTO)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.content[:2] == b"\xff\xd8"


@pytest.mark.parametrize("address", [CARD, PHOTO])
def test_strangers_and_locked_browsers_are_asked_for_the_password(client, holder, address):
    put(holder, **{sessions.UNLOCKED_AT: time.time() - sessions.UNLOCKED_FOR_SECONDS - 1})
    answers = [Client().get(address), holder.get(address)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, UNLOCK)] * 2


def test_locking_keeps_the_id_and_asks_again(holder):
    assert holder.post(LOCK).headers["Location"] == UNLOCK
    assert holder.get(CARD).headers["Location"] == UNLOCK
    assert holder.get(UNLOCK).context["held"] is True


def test_the_password_opens_it_again_under_a_new_session_key(holder):
    holder.post(LOCK)
    before = holder.session.session_key
    assert holder.post(UNLOCK, {"password": PASSWORD}).headers["Location"] == CARD
    assert holder.get(CARD).status_code == 200
    assert holder.session.session_key != before


def test_a_wrong_password_opens_nothing(holder):
    holder.post(LOCK)
    answer = holder.post(UNLOCK, {"password": "wrong-password"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"password": ["The password is not right."]}
    assert holder.get(CARD).status_code == 302


def test_where_the_session_ran_out_the_device_and_the_password_open_it(client, device, key):
    proof = make_token(device, key, aud="unlock")
    assert client.post(UNLOCK, {"password": PASSWORD, "proof": proof}).headers["Location"] == CARD
    assert client.get(CARD).context["device"] == device


@pytest.mark.parametrize("aud", ["check", "unlock"])
def test_a_code_that_was_shown_does_not_open_anything(client, device, key, aud):
    proof = make_token(device, key, aud=aud)
    client.post(UNLOCK, {"password": "wrong-password", "proof": proof})
    answer = client.post(UNLOCK, {"password": PASSWORD, "proof": proof})
    assert answer.status_code == 422


def test_binding_this_browser_takes_the_password(holder, digital_id, key):
    sent = {"password": PASSWORD, "device_key": json.dumps(public_part(key))}
    assert holder.post(BIND, sent | {"password": "wrong-password"}).status_code == 422
    assert digital_id.devices.count() == 1
    assert holder.post(BIND, sent).headers["Location"] == CARD
    newest = digital_id.devices.latest("bound_at")
    assert (digital_id.devices.count(), newest.public_key) == (2, public_part(key))
    assert holder.get(CARD).context["device"] == newest


@pytest.mark.parametrize("sent", ["", "no json", "{}", "[]", '{"kty": "oct", "k": "x"}'])
def test_what_is_no_key_is_not_bound(holder, digital_id, sent):
    assert holder.post(BIND, {"password": PASSWORD, "device_key": sent}).status_code == 422
    assert digital_id.devices.count() == 1


def test_a_private_key_is_never_taken(holder, key):
    whole = json.dumps(key.as_dict(private=True))
    assert holder.post(BIND, {"password": PASSWORD, "device_key": whole}).status_code == 422


def test_the_holder_sees_the_checks(holder, device, key):
    holder.post(
        reverse("identity_api:check"), {"token": make_token(device, key)}, "application/json"
    )
    [access] = holder.get(reverse("identity:access")).context["accesses"]
    assert access.entry.details == {"verdict": "active", "purpose": "all"}


def test_anybody_may_open_the_checking_page_and_use_the_camera_there(client):
    page = client.get(CHECK)
    assert page.status_code == 200
    assert "camera=(self)" in page.headers["Permissions-Policy"]


def test_a_session_that_names_nobody_is_a_stranger(client):
    put(client, **{sessions.HOLDER: str(uuid.uuid4()), sessions.UNLOCKED_AT: time.time()})
    assert client.get(CARD).headers["Location"] == UNLOCK


@pytest.mark.parametrize(("address", "back"), [(LOCK, UNLOCK), (BIND, CARD)])
def test_whoever_opens_a_buttons_address_is_led_to_its_page(holder, address, back):
    assert holder.get(address).headers["Location"] == back


def test_the_card_takes_no_post(holder):
    assert holder.post(CARD).status_code == 405


def test_only_pages_that_scan_may_compile_the_reader_and_none_scripts_from_text(holder):
    policies = {
        address: holder.get(address).headers["Content-Security-Policy"]
        for address in ("/check/", CARD, UNLOCK)
    }
    assert [path for path, policy in policies.items() if "wasm-unsafe-eval" in policy] == [
        "/check/"
    ]
    assert not any("'unsafe-" in policy for policy in policies.values())

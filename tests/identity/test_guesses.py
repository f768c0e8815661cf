"""Wherever the holder's password is asked for, emptying Redis gives no more guesses at it."""

import json
import time
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from identity import sessions
from identity.models import Device, DigitalID
from tests.guesses import FREE, Guess, only_the_last, opened
from tests.identity.factories import PASSWORD, public_part
from tests.identity.tokens import make_token
from tests.relying_parties import flow, presenting
from tests.relying_parties.factories import RelyingPartyFactory

pytestmark = pytest.mark.django_db
NEW = "ข้าวเหนียวมะม่วงหน้าฝน"
REFUSED = {403, 422}


def browser_of(device: Device, *, unlocked: bool = True) -> Client:
    """The holder's, on the device."""
    client = Client(SERVER_NAME="localhost")
    session = client.session
    session[sessions.HOLDER], session[sessions.DEVICE] = str(device.digital_id_id), str(device.pk)
    session[sessions.UNLOCKED_AT] = time.time() if unlocked else 0
    session.save()
    return client


def of_page(name: str, **fields) -> Callable[[Device, ECKey], Guess]:
    """A guess at this page, on which the digital ID is unlocked already."""

    def prepare(device: Device, _key: ECKey) -> Guess:
        holder, page = browser_of(device), reverse(name)

        def guess(said: str) -> bool:
            return holder.post(page, fields | {"password": said}).status_code not in REFUSED

        return guess

    prepare.__name__ = name
    return prepare


def of_end(device: Device, key: ECKey) -> Guess:
    digits = DigitalID.objects.get(pk=device.digital_id_id).holder.number[-4:]
    return of_page("identity:end", digits=digits)(device, key)


def of_lock(device: Device, _key: ECKey) -> Guess:
    holder, page = browser_of(device, unlocked=False), reverse("identity:unlock")
    return lambda said: holder.post(page, {"password": said}).status_code == 302


def of_key_without_a_session(device: Device, key: ECKey) -> Guess:
    def guess(said: str) -> bool:
        sent = {"password": said, "proof": make_token(device, key, aud="unlock")}
        return Client().post(reverse("identity:unlock"), sent).status_code == 302

    return guess


def of_sign_in_to_a_service(device: Device, _key: ECKey) -> Guess:
    asked = flow.request_of(RelyingPartyFactory()).replace("/authorize/", "/sign-in/")
    holder = browser_of(device, unlocked=False)
    return lambda said: holder.post(asked, {"password": said}).status_code == 302


def of_claims_for_a_service(device: Device, _key: ECKey) -> Guess:
    asked = presenting.ask(RelyingPartyFactory())["page"].removeprefix("http://localhost")
    holder, page = browser_of(device, unlocked=False), asked.replace("/present/", "/present/open/")
    return lambda said: holder.post(page, {"password": said}).status_code == 302


def of_app(name: str, **fields) -> Callable[[Device, ECKey], Guess]:
    def prepare(device: Device, key: ECKey) -> Guess:
        def guess(said: str) -> bool:
            signed = {"Authorization": f"Device {make_token(device, key, aud='unlock')}"}
            body = json.dumps(fields | {"password": said})
            address = reverse(f"identity_api:{name}")
            sent = Client().post(address, body, "application/json", headers=signed)
            return sent.status_code not in REFUSED

        return guess

    prepare.__name__ = f"app:{name}"
    return prepare


def of_end_in_the_app(device: Device, key: ECKey) -> Guess:
    digits = DigitalID.objects.get(pk=device.digital_id_id).holder.number[-4:]
    return of_app("end", digits=digits)(device, key)


DOORS = (
    of_lock,
    of_key_without_a_session,
    of_sign_in_to_a_service,
    of_claims_for_a_service,
    of_end,
    of_page("identity:bind", device_key=json.dumps(public_part(ECKey.generate_key("P-256")))),
    of_page("identity:password", first=NEW, second=NEW),
    of_page("identity:data"),
    of_page("identity:contact", contact=""),
    of_page("identity:short_ways"),
    of_page("relying_parties:wallets"),
    of_end_in_the_app,
    of_app("password", first=NEW, second=NEW),
    of_app("copy"),
    of_app("correction", words="My name is Malee."),
    of_app("keep"),
)


@pytest.mark.parametrize(("wrong", "is_let"), [(FREE - 1, True), (FREE, False)])
@pytest.mark.parametrize("prepare", DOORS, ids=lambda prepare: prepare.__name__)
def test_a_wiped_redis_gives_no_more_guesses_at_the_password(prepare, wrong, is_let, device, key):
    guess = prepare(device, key)
    assert opened(guess, wrong=wrong, right=PASSWORD) == only_the_last(wrong, is_let=is_let)

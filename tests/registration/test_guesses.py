"""Secrets that a registration asks for: emptying Redis gives no more guesses at any of them."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from devstack.demo.signed_in import sign_in
from registration.models import Channel, Enrollment
from registration.services.enrolling import new_token
from registration.states import State
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.factories import PASSWORD as OFFICERS
from tests.factories import OfficerFactory
from tests.guesses import FREE, Guess, only_the_last, opened
from tests.identity.factories import PASSWORD, DigitalIDFactory, valid_number
from tests.registration.appeals import CODE, WORDS, come_by_reference, rejected
from tests.registration.proofs import proof
from tests.registration.renewals import ready

pytestmark = pytest.mark.django_db
Door = Callable[[], tuple[Guess, str]]  # a guess at it, and the right secret
JSON = "application/json"


def browser_of(enrollment: Enrollment) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY], session[TOKEN] = str(enrollment.pk), mark_of(enrollment)
    session.save()
    return client


def to_consent() -> Enrollment:
    return ready(valid_number("388880000001"), renewal=False)


def password_for_a_renewal() -> tuple[Guess, str]:
    page, number = reverse("registration:renew"), DigitalIDFactory().holder.number
    return (
        lambda said: Client().post(page, {"number": number, "password": said}).status_code == 302,
        PASSWORD,
    )


def password_for_a_renewal_in_the_app() -> tuple[Guess, str]:
    page, number = reverse("api:start"), DigitalIDFactory().holder.number

    def guess(said: str) -> bool:
        begins = {"renewal": True, "former": {"number": number, "password": said}}
        return Client().post(page, json.dumps(begins), JSON).status_code == 201

    return guess, PASSWORD


def password_for_the_consent() -> tuple[Guess, str]:
    one, page = to_consent(), reverse("registration:consent")
    client, signed = browser_of(one), proof(one, "consent")
    return (
        lambda said: client.post(page, {"password": said, "proof": signed}).status_code == 302,
        PASSWORD,
    )


def password_for_the_consent_in_the_app() -> tuple[Guess, str]:
    one, page = to_consent(), reverse("api:consent")
    token = {"Authorization": f"Bearer {new_token(one, how='reference', limited=False)}"}
    signed = proof(one, "consent")

    def guess(said: str) -> bool:
        sent = json.dumps({"password": said, "proof": signed})
        return Client().post(page, sent, JSON, headers=token).status_code == 200

    return guess, PASSWORD


def at_a_counter(state: State) -> tuple[Client, Enrollment]:
    """The screen that an officer has turned to a citizen."""
    officer, one = OfficerFactory(), ready(valid_number("388880000002"), renewal=False)
    one.channel, one.office, one.state = Channel.OFFICE, officer.office, state
    one.save()
    desk = sign_in(Client(), officer)
    desk.post(reverse("counter:enter_kiosk", args=[one.pk]))
    return desk, one


def password_for_the_consent_at_a_counter() -> tuple[Guess, str]:
    desk, one = at_a_counter(State.PASSWORD_SET)
    page = reverse("counter:visit", args=[one.pk])
    return lambda said: desk.post(page, {"password": said}).status_code == 302, PASSWORD


def officers_password_at_a_counter() -> tuple[Guess, str]:
    desk, one = at_a_counter(State.VERIFIED)
    page = reverse("counter:leave_kiosk", args=[one.pk])
    return lambda said: desk.post(page, {"password": said}).status_code == 302, OFFICERS


def code_of_the_card_for_an_appeal() -> tuple[Guess, str]:
    client = browser_of(come_by_reference(rejected(OfficerFactory())))
    page, said = reverse("registration:appeal"), {"words": WORDS}
    return lambda code: client.post(page, said | {"card_code": code}).status_code == 302, CODE


DOORS: tuple[Door, ...] = (
    password_for_a_renewal,
    password_for_a_renewal_in_the_app,
    password_for_the_consent,
    password_for_the_consent_in_the_app,
    password_for_the_consent_at_a_counter,
    officers_password_at_a_counter,
    code_of_the_card_for_an_appeal,
)


@pytest.mark.parametrize(("wrong", "is_let"), [(FREE - 1, True), (FREE, False)])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_a_wiped_redis_gives_no_more_guesses(door, wrong, is_let):
    guess, right = door()
    assert opened(guess, wrong=wrong, right=right) == only_the_last(wrong, is_let=is_let)


def test_whoever_guesses_at_a_number_without_a_digital_id_is_paused_alike():
    page = reverse("registration:renew")

    def guess(said: str) -> bool:
        asked = {"number": valid_number("388880000003"), "password": said}
        return "Too many wrong tries" not in Client().post(page, asked).text

    assert opened(guess, wrong=FREE, right=PASSWORD) == [True] * FREE + [False]

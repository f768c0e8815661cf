"""What may happen once happens once, also where Redis is emptied in between (FLUSHALL)."""

import base64
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from core.guard import once
from core.guard.forgetting import CLOCK_ERRS_AT_MOST
from core.guard.models import Once
from core.housekeeping import do_duties
from identity.devices import open_link, use_link
from identity.presentation import check_presentation, device_that_proves_itself
from offices.models import Officer
from registration.errors import Refused
from registration.services.enrolling import open_handoff, take_handoff
from relying_parties.server import PrivateKeyJWT
from relying_parties.wallets.offers import OfferRefused, make_offer, take_offer
from relying_parties.wallets.proofs import ProofRefused, new_nonce, proven_key
from tests.factories import PASSWORD, EnrollmentFactory, OfficerFactory
from tests.identity.tokens import make_code, make_token
from tests.relying_parties.test_wallets import Wallet

pytestmark = pytest.mark.django_db
SEED = base64.b32encode(b"a seed of twenty byte").decode()
Use = Callable[[], bool]


def shown_code(device, key) -> Use:
    code = make_code(device, key)
    return lambda: check_presentation(code).verdict == "valid"


def shown_token(device, key) -> Use:
    token = make_token(device, key)
    return lambda: check_presentation(token).verdict == "valid"


def proof_of_a_device(device, key) -> Use:
    token = make_token(device, key, aud="unlock")
    return lambda: device_that_proves_itself(token) is not None


def link_to_a_further_device(device, _key) -> Use:
    secret = open_link(device.digital_id)
    return lambda: use_link(secret) is not None


def assertion_of_a_service(_device, _key) -> Use:
    claims = {"sub": "a-service", "exp": time.time() + 60}
    return lambda: PrivateKeyJWT().validate_jti(claims, "the-same-id")


def nonce_of_a_wallet(device, _key) -> Use:
    nonce, wallet = new_nonce(), Wallet(make_offer(device.digital_id).link)

    def use() -> bool:
        try:
            return bool(proven_key(wallet.proof(nonce=nonce)))
        except ProofRefused:
            return False

    return use


def offer_to_a_wallet(device, _key) -> Use:
    link = make_offer(device.digital_id)
    code = Wallet(link.link).offer["grants"].popitem()[1]["pre-authorized_code"]

    def use() -> bool:
        try:
            return bool(take_offer(code, link.pin))
        except OfferRefused:
            return False

    return use


def link_to_another_phone(_device, _key) -> Use:
    secret = open_handoff(EnrollmentFactory())

    def use() -> bool:
        try:
            return bool(take_handoff(secret))
        except Refused:
            return False

    return use


def sign_in(officer: Officer, code: str) -> bool:
    """Through both doors, from a browser of its own."""
    browser = Client()
    browser.post("/staff/account/login/", {"login": officer.email, "password": PASSWORD})
    return browser.post("/staff/account/2fa/authenticate/", {"code": code}).status_code == 302


def code_of_an_officer(_device, _key) -> Use:
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code = f"{totp(base64.b32decode(SEED)):06}"
    return lambda: sign_in(officer, code)


def code_typed_otherwise(_device, _key) -> Use:
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code = f"{totp(base64.b32decode(SEED)):06}"
    typed = iter((code, f"{code[:3]} {code[3:]}"))
    return lambda: sign_in(officer, next(typed))


def recovery_code(_device, _key) -> Use:
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code = RecoveryCodes.activate(officer).generate_codes()[0]
    return lambda: sign_in(officer, code)


USES = (
    shown_code,
    shown_token,
    proof_of_a_device,
    link_to_a_further_device,
    assertion_of_a_service,
    nonce_of_a_wallet,
    offer_to_a_wallet,
    link_to_another_phone,
    code_of_an_officer,
    code_typed_otherwise,
    recovery_code,
)


@pytest.mark.parametrize("wiped", [False, True])
@pytest.mark.parametrize("prepare", USES, ids=lambda prepare: prepare.__name__)
def test_the_second_time_is_refused(prepare, wiped, device, key):
    use = prepare(device, key)
    first = use()
    if wiped:
        cache.clear()
    assert [first, use()] == [True, False]


def test_the_code_that_set_an_app_up_does_not_sign_in(client):
    officer = OfficerFactory()
    client.post("/staff/account/login/", {"login": officer.email, "password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = f"{totp(base64.b32decode(secret)):06}"
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert not sign_in(officer, code)


def test_one_kind_does_not_use_up_another():
    minute = timedelta(minutes=1)
    asked = [("a", "x"), ("b", "x"), ("a", "y"), ("a", "x")]
    first = [once.claim(kind, what, keep=minute) for kind, what in asked]
    assert first == [True, True, True, False]


def test_rows_go_when_they_are_over_and_not_before():
    once.claim("a", "kept", keep=timedelta(minutes=1))
    once.claim("a", "over", keep=timedelta(minutes=1))
    over = timezone.now() - CLOCK_ERRS_AT_MOST
    Once.objects.exclude(pk=once._key("a", "kept")).update(expires_at=over)
    do_duties(within=timedelta(seconds=10))
    assert [once.was_claimed("a", what) for what in ("kept", "over")] == [True, False]


@pytest.mark.parametrize(
    ("kept_house", "tried_again"),
    [
        (timedelta(minutes=90), timedelta()),  # two hours later the clock was set two hours back
        (timedelta(days=1), timedelta(seconds=30)),  # it was a day ahead for some seconds
    ],
)
def test_what_was_used_stays_used_when_the_clock_is_set(kept_house, tried_again):
    at = timezone.now()
    with time_machine.travel(at, tick=False) as clock:
        assert once.claim("a", "code", keep=timedelta(minutes=2))
        clock.move_to(at + kept_house)
        do_duties(within=timedelta(seconds=10))
        clock.move_to(at + tried_again)
        assert not once.claim("a", "code", keep=timedelta(minutes=2))


def test_a_link_whose_time_is_over_leads_nowhere(device):
    secret = open_link(device.digital_id)
    Once.objects.update(expires_at=timezone.now())
    assert use_link(secret) is None


def test_rows_name_nobody():
    once.claim("shown", "1101700230708", keep=timedelta(minutes=1))
    assert "1101700230708" not in str(Once.objects.values().get())

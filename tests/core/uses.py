"""All that may happen once, ready to be used: each makes ready with a device and its key, and gives
back a call that does it and says whether it was let.
"""

import base64
import time
from collections.abc import Callable
from datetime import timedelta

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from authlib.integrations.base_client.errors import OAuthError
from django.test import Client
from django.utils import timezone

from core.address import portal_address
from core.origin import coming_from
from identity import passkeys
from identity.devices import open_link, use_link
from identity.models import Passkey
from identity.presentation import check_presentation, device_that_proves_itself
from offices.models import Officer
from offices.people import InvitationGone, accept_invitation, renew_link
from registration.errors import HasToWait, Refused
from registration.services.enrolling import open_handoff, take_handoff
from relying_parties.server import PrivateKeyJWT
from relying_parties.wallets.offers import OfferRefused, make_offer, take_offer
from relying_parties.wallets.proofs import ProofRefused, new_nonce, proven_key
from rollout.line.entering import enter
from tests.factories import PASSWORD, EnrollmentFactory, OfficerFactory
from tests.identity.authenticator import Authenticator
from tests.identity.tokens import make_code, make_token
from tests.one_time_codes import code_for_a_while
from tests.relying_parties import flow, presenting
from tests.relying_parties.conftest import unlock
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.test_wallets import Wallet
from tests.rollout.lines import called_all_at, keep_line, stands_at

SEED = base64.b32encode(b"a seed of twenty byte").decode()
Use = Callable[[], bool]


def passes(refusal: type[Exception], act: Callable[[], object]) -> bool:
    try:
        act()
    except refusal:
        return False
    return True


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


def challenge_that_adds_a_passkey(device, _key) -> Use:
    challenge, options = passkeys.ask_to_add(device)
    answer = Authenticator(origin=portal_address()).create(options)

    def add() -> None:
        Passkey.objects.all().delete()  # none that stands there is the reason
        passkeys.add_passkey(device.digital_id, device, challenge=challenge, answer=answer)

    return lambda: passes(passkeys.PasskeyRefused, add)


def challenge_that_a_passkey_opens(device, _key) -> Use:
    phone = Authenticator(origin=portal_address())
    challenge, options = passkeys.ask_to_add(device)
    answer = phone.create(options)
    passkeys.add_passkey(device.digital_id, device, challenge=challenge, answer=answer)
    asked, options = passkeys.ask_to_open(device)
    signed = phone.get(options)
    return lambda: passes(
        passkeys.PasskeyRefused, lambda: passkeys.open_by_passkey(challenge=asked, answer=signed)
    )


def assertion_of_a_service(_device, _key) -> Use:
    claims = {"sub": "a-service", "exp": time.time() + 60}
    return lambda: PrivateKeyJWT().validate_jti(claims, "the-same-id")


def code_for_a_service(device, _key) -> Use:
    service, browser = RelyingPartyFactory(), Client()
    unlock(browser, device)
    answer = flow.decide(browser, flow.request_of(service))
    return lambda: passes(OAuthError, lambda: flow.exchange(service, answer))


def answer_to_a_service(device, key) -> Use:
    wallet = presenting.Wallet(presenting.credential_of(device), key)
    said = wallet.open(presenting.ask(RelyingPartyFactory())["wallet"])
    presentation = wallet.shown(said)
    return lambda: wallet.send(said, presentation).status_code == 200


def data_for_a_service_to_collect(device, key) -> Use:
    service, wallet = (
        RelyingPartyFactory(),
        presenting.Wallet(presenting.credential_of(device), key),
    )
    asked = presenting.ask(service)
    said = wallet.open(asked["wallet"])
    wallet.send(said, wallet.shown(said))
    return lambda: "claims" in presenting.result(service, asked)


def nonce_of_a_wallet(device, _key) -> Use:
    nonce, wallet = new_nonce(), Wallet(make_offer(device.digital_id).link)
    return lambda: passes(ProofRefused, lambda: proven_key(wallet.proof(nonce=nonce)))


def offer_to_a_wallet(device, _key) -> Use:
    link = make_offer(device.digital_id)
    code = Wallet(link.link).offer["grants"].popitem()[1]["pre-authorized_code"]
    return lambda: passes(OfferRefused, lambda: take_offer(code, link.pin))


def token_of_a_wallet(device, _key) -> Use:
    offer = make_offer(device.digital_id)
    wallet = Wallet(offer.link)
    token = wallet.take(offer.pin).json()["access_token"]
    return lambda: wallet.ask(token, wallet.proof()).status_code == 200


def link_to_another_phone(_device, _key) -> Use:
    secret = open_handoff(EnrollmentFactory())
    return lambda: passes(Refused, lambda: take_handoff(secret))


def ticket_of_the_line(_device, _key) -> Use:
    def begin(ticket: str = "") -> None:
        with coming_from("203.0.113.1"):
            enter(ticket)

    keep_line()
    stands_at(0)
    try:
        begin()
    except HasToWait as wait:
        ticket = wait.ticket
    called_all_at(timezone.now() - timedelta(minutes=1))
    return lambda: passes(HasToWait, lambda: begin(ticket))


def link_of_an_invitation(_device, _key) -> Use:
    administrator = OfficerFactory(administrator=True)
    secret = renew_link(OfficerFactory(), by=administrator, second_factor_lost=False)
    password = "ข้าวเหนียวมะม่วงหน้าฝน"
    return lambda: passes(InvitationGone, lambda: accept_invitation(secret, password=password))


def sign_in(officer: Officer, code: str) -> bool:
    """Through both doors, from a browser of its own."""
    browser = Client()
    browser.post("/staff/account/login/", {"login": officer.email, "password": PASSWORD})
    return browser.post("/staff/account/2fa/authenticate/", {"code": code}).status_code == 302


def code_of_an_officer(_device, _key) -> Use:
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code = code_for_a_while(SEED)
    return lambda: sign_in(officer, code)


def code_typed_otherwise(_device, _key) -> Use:
    officer = OfficerFactory()
    TOTP.activate(officer, SEED)
    code = code_for_a_while(SEED)
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
    challenge_that_adds_a_passkey,
    challenge_that_a_passkey_opens,
    assertion_of_a_service,
    code_for_a_service,
    answer_to_a_service,
    data_for_a_service_to_collect,
    nonce_of_a_wallet,
    offer_to_a_wallet,
    token_of_a_wallet,
    link_to_another_phone,
    ticket_of_the_line,
    link_of_an_invitation,
    code_of_an_officer,
    code_typed_otherwise,
    recovery_code,
)

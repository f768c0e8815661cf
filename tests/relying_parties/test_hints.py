"""`id_token_hint` says whom a service means: that person answers, or nobody."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import KeySet
from jwcrypto.jwk import JWK

from audit.services import Actor
from core.keyring import ring
from identity.credential.keys import public_keys
from identity.credential.sd_jwt import issue_credential
from identity.life import LifeReason, change_status
from identity.models import DigitalID
from relying_parties.models import AuthorizationCode, Grant
from tests.identity.factories import PASSWORD, DeviceFactory, DigitalIDFactory
from tests.relying_parties.conftest import HOST, unlock
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.flow import decide, exchange, request_of, said, signed_in
from tests.relying_parties.hinting import kept_from, said_by, written

pytestmark = pytest.mark.django_db
REFUSED = {"error": "login_required", "state": "s-1", "iss": HOST}


@pytest.fixture
def other(service) -> Client:
    """B's browser, unlocked, with everything agreed to before."""
    browser = Client()
    unlock(browser, DeviceFactory())
    signed_in(browser, service)
    return browser


@pytest.fixture
def subject(service, device) -> str:
    return service.subject_of(device.number_key)


def subject_in(token: dict) -> str:
    keys = KeySet.import_key_set(public_keys())
    return jwt.decode(token["id_token"], keys, algorithms=["ES256"]).claims["sub"]


def silently(browser: Client, service, **asked) -> dict:
    return said(browser.get(request_of(service, prompt="none", **asked)))


def test_the_hint_of_the_holder_renews_silently(citizen, service, subject):
    hint = kept_from(citizen, service)
    answer = citizen.get(request_of(service, prompt="none", id_token_hint=hint))
    token, _session = exchange(service, answer)
    assert subject_in(token) == subject


def test_the_hint_of_one_person_never_renews_another(citizen, other, service):
    hint = kept_from(citizen, service)
    codes = AuthorizationCode.objects.count()
    assert silently(other, service, id_token_hint=hint) == REFUSED
    assert AuthorizationCode.objects.count() == codes
    assert "code" in silently(other, service)


def test_nobody_and_somebody_else_are_one_answer_to_the_service(citizen, other, service):
    hint = kept_from(citizen, service)
    nobody = Client(SERVER_NAME="localhost")
    address = request_of(service, prompt="none", id_token_hint=hint)
    unknown = Client()  # of somebody who never agreed to anything here
    unlock(unknown, DeviceFactory())
    answers = [one.get(address).headers["Location"] for one in (nobody, other, unknown)]
    assert answers == [answers[0]] * 3


RUBBISH = ["rubbish", "a.b.c", "e30.e30.", "é", "[" * 3000, "x" * 50_000, "..", "eyJ.W1tb.x"]


@pytest.mark.parametrize("hint", RUBBISH, ids=range(len(RUBBISH)))
@pytest.mark.parametrize("prompt", ["none", None, "login", "consent"])
def test_rubbish_is_refused_whatever_the_prompt(citizen, service, prompt, hint):
    signed_in(citizen, service)
    answer = citizen.get(request_of(service, prompt=prompt, id_token_hint=hint))
    assert said(answer) == REFUSED


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "01998524-7123-7000-8000-000000000000"},
        {"aud": ["01998524-7123-7000-8000-000000000000"]},
        {"aud": None},
        {"aud": {"a": 1}},
        {"sub": "0" * 32},
        {"sub": None},
        {"sub": 7},
        {"exp": None},
        {"exp": "2099-01-01"},
        {"exp": True},
    ],
    ids=json.dumps,
)
def test_a_token_of_our_key_that_says_something_else_is_refused(citizen, service, subject, changes):
    signed_in(citizen, service)
    hint = written(said_by(subject, service, **changes))
    assert silently(citizen, service, id_token_hint=hint) == REFUSED


def test_the_same_token_unchanged_is_accepted(citizen, service, subject):
    """What the table above changes is the reason for its refusals."""
    signed_in(citizen, service)
    for audience in (str(service.pk), ["another", str(service.pk)]):
        hint = written(said_by(subject, service, aud=audience))
        assert "code" in silently(citizen, service, id_token_hint=hint)


def test_another_key_another_algorithm_and_another_kind_of_token_are_refused(
    citizen, service, subject, device
):
    signed_in(citizen, service)
    claims = said_by(subject, service)
    stolen_kid = written(claims, key=JWK.generate(kty="EC", crv="P-256"))
    secret = JWK(kty="oct", k="YS1zZWNyZXQtdGhhdC1vbmx5LXRoZS10ZXN0cy1rbm93")
    hints = [
        stolen_kid,
        written(claims, key=secret, alg="HS256"),
        written(claims, kid="../../etc/passwd"),
        written(claims, typ="oauth-authz-req+jwt"),
        issue_credential(device, issuer=HOST, list_address=f"{HOST}/l").partition("~")[0],
    ]
    answers = [silently(citizen, service, id_token_hint=hint) for hint in hints]
    assert answers == [REFUSED] * len(hints)


def test_a_token_given_to_another_service_of_the_sector_is_no_hint_here(citizen, service):
    sister = RelyingPartyFactory()
    hint = kept_from(citizen, sister)
    signed_in(citizen, service)
    assert silently(citizen, service, id_token_hint=hint) == REFUSED
    assert "code" in silently(citizen, sister, id_token_hint=hint)


@pytest.mark.parametrize(("days", "counts"), [(89, True), (91, False)])
def test_a_hint_counts_for_ninety_days_after_its_end(citizen, service, device, days, counts):
    hint, browser = kept_from(citizen, service), Client()
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        unlock(browser, device)
        assert ("code" in silently(browser, service, id_token_hint=hint)) == counts
        assert "code" in silently(browser, service)


def test_a_former_key_vouches_while_it_is_published_and_not_after(citizen, service, settings):
    hint = kept_from(citizen, service)
    keys = json.loads(settings.KEYRING)
    keys["issuer"] |= {"current": "t2", "keys": keys["issuer"]["keys"] | {"t2": "ab" * 32}}
    answers = []
    for leaving in (None, "t1"):
        keys["issuer"]["keys"].pop(leaving, None)
        settings.KEYRING = json.dumps(keys)
        ring.cache_clear()
        answers.append("code" in silently(citizen, service, id_token_hint=hint))
    assert answers == [True, False]


@pytest.fixture(autouse=True)
def _own_keyring():
    yield
    ring.cache_clear()


def test_an_interactive_request_for_another_person_is_told_on_the_page_and_refused(
    citizen, other, service
):
    hint, given = kept_from(citizen, service), Grant.objects.count()
    for prompt in (None, "consent"):
        address = request_of(service, id_token_hint=hint, prompt=prompt)
        page = other.get(address).content.decode()
        assert ("The service asks for another person" in page, "told__row" in page) == (True, False)
        for decision in ("refuse", "agree"):
            assert said(decide(other, address, decision=decision)) == REFUSED
    assert Grant.objects.count() == given


def test_the_person_who_is_meant_signs_in_and_goes_on(client, device, service, subject):
    unlock(client, device)
    hint = kept_from(client, service)
    unlock(client, device, ago=3600)
    address = request_of(service, id_token_hint=hint, prompt="login")
    assert b"data-dopa-known" in client.get(address).content
    client.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    token, _session = exchange(service, decide(client, address))
    assert subject_in(token) == subject


def test_another_person_who_signs_in_is_still_not_the_one_who_is_meant(citizen, service):
    hint, browser = kept_from(citizen, service), Client()
    unlock(browser, DeviceFactory(), ago=3600)
    address = request_of(service, id_token_hint=hint, prompt="login")
    passed = browser.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    assert passed.headers["Location"] == address
    assert b"The service asks for another person" in browser.get(address).content


@pytest.mark.parametrize("member", ["id_token", "userinfo"])
def test_a_subject_asked_for_by_name_is_the_same_demand(citizen, other, service, subject, member):
    signed_in(citizen, service)
    for one in ({"value": subject}, {"values": ["x", subject]}):
        claims = json.dumps({member: {"sub": one}})
        assert "code" in silently(citizen, service, claims=claims)
        assert silently(other, service, claims=claims) == REFUSED
    claims = json.dumps({member: {"sub": {"value": "nobody"}}})
    assert silently(citizen, service, claims=claims) == REFUSED


def test_after_a_renewal_the_hint_still_names_the_person_who_is_asked_anew(
    citizen, service, device, subject
):
    hint = kept_from(citizen, service)
    actor = Actor.citizen(device.digital_id.enrollment_id)
    change_status(device.digital_id, "revoke", actor=actor, reason=LifeReason.RENEWED)
    assert silently(citizen, service, id_token_hint=hint) == REFUSED
    renewed = DigitalIDFactory(number_key=device.number_key)
    unlock(citizen, DeviceFactory(digital_id=renewed))
    told = silently(citizen, service, id_token_hint=hint)
    assert told == REFUSED | {"error": "consent_required"}
    token, _session = exchange(service, decide(citizen, request_of(service, id_token_hint=hint)))
    assert subject_in(token) == subject


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_out_of_force_the_service_hears_login_required_and_the_holder_sees_why(
    citizen, service, device, status
):
    hint = kept_from(citizen, service)
    DigitalID.objects.filter(pk=device.digital_id_id).update(status=status)
    assert silently(citizen, service, id_token_hint=hint) == REFUSED
    for address in (request_of(service, id_token_hint=hint), request_of(service)):
        assert citizen.get(address).headers["Location"] == "/id/"

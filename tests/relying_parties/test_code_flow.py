"""The code flow as a service walks it with authlib's client: the OpenID Foundation's points for the
basic profile of a provider.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet

from identity.pins import set_pin
from relying_parties.models import Grant
from tests.identity.factories import PASSWORD
from tests.identity.short import PIN, proof
from tests.relying_parties.conftest import HOST, client_of, unlock
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.flow import decide, exchange, request_of, said

pytestmark = pytest.mark.django_db


def test_a_sign_in_gives_an_id_token_and_the_agreed_claims(citizen, service, device):
    answer = decide(citizen, request_of(service))
    assert set(said(answer)) == {"code", "state", "iss"}
    token, session = exchange(service, answer)
    discovered = session.get(f"{HOST}/.well-known/openid-configuration").json()
    keys = KeySet.import_key_set(session.get(discovered["jwks_uri"]).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["ES256"]).claims
    told = session.get(discovered["userinfo_endpoint"]).json()
    assert told == {
        "sub": claims["sub"],
        "name": "นางสาว มาลี ใจดี",
        "birthdate": "1981-02-12",
    }
    assert session.post(discovered["userinfo_endpoint"]).json() == told
    assert (claims["iss"], claims["aud"], claims["nonce"], claims["acr"], claims["amr"]) == (
        HOST, str(service.pk), "n-1", "IAL2.2", ["pwd"],
    )  # fmt: skip
    assert (token["token_type"], token["expires_in"], claims["exp"] - claims["iat"]) == (
        "Bearer", 600, 600,
    )  # fmt: skip
    assert str(device.number_key) not in str(claims)


def test_the_discovered_addresses_answer(service):
    session = client_of(service)
    address = f"{HOST}/.well-known/openid-configuration"
    found = session.request("GET", address, withhold_token=True).json()
    assert found["issuer"] == HOST
    assert found["subject_types_supported"] == ["pairwise"]
    addresses = [found[name] for name in ("jwks_uri", "userinfo_endpoint", "token_endpoint")]
    assert [session.request("GET", one, withhold_token=True).status_code for one in addresses] == [
        200, 401, 405,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "none"}, "consent_required"),
        ({"prompt": "none", "max_age": "0"}, "login_required"),
        ({"request": "e30.e30."}, "request_not_supported"),
        ({"request_uri": "https://service.example/r"}, "request_uri_not_supported"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"nonce": "n" * 501}, "invalid_request"),
    ],
)
def test_the_service_is_told_what_is_wrong(citizen, service, changes, error):
    answer = citizen.get(request_of(service, **changes))
    told = said(answer)
    assert (told["error"], told["state"], told["iss"]) == (error, "s-1", HOST)


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://service.example/callback/"},
        {"redirect_uri": "https://service.example/callback?more=1"},
        {"redirect_uri": "https://thief.example/callback"},
        {"redirect_uri": 'https://service.example/"ก'},
        {"redirect_uri": None},
        {"client_id": "01998524-7123-7000-8000-000000000000"},
        {"client_id": "nobody"},
        {"client_id": None},
    ],
)
def test_a_request_of_nobody_knows_whom_is_shown_and_never_sent_on(citizen, service, changes):
    answer = citizen.get(request_of(service, **changes))
    assert (answer.status_code, "Location" in answer.headers) == (400, False)
    assert "This sign-in cannot go on" in answer.content.decode()


def test_a_service_that_is_switched_off_is_unknown(citizen):
    service = RelyingPartyFactory(enabled=False)
    assert citizen.get(request_of(service)).status_code == 400


def test_a_request_by_post_is_the_same_request(citizen, service):
    query = urlsplit(request_of(service)).query
    fields = {k: v[0] for k, v in parse_qs(query).items()}
    answer = Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(
        "/connect/authorize/", fields
    )
    assert answer.status_code == 302
    assert urlsplit(answer.headers["Location"]).query == query


def test_without_a_digital_id_nothing_is_asked_silently(client, service):
    client.defaults["SERVER_NAME"] = "localhost"
    assert said(client.get(request_of(service, prompt="none")))["error"] == "login_required"
    assert client.get(request_of(service)).status_code == 200


def test_what_was_agreed_once_is_answered_silently(citizen, service):
    decide(citizen, request_of(service))
    token, session = exchange(service, citizen.get(request_of(service, prompt="none")))
    assert set(session.get(f"{HOST}/connect/userinfo/").json()) == {"sub", "name", "birthdate"}
    assert "id_token" in token


@pytest.mark.parametrize("asked", [{"prompt": "login"}, {"max_age": "60"}, {"max_age": "0"}])
def test_a_fresh_sign_in_is_asked_for_and_then_counts(client, device, service, asked):
    unlock(client, device, ago=120)
    address = request_of(service, **asked)
    assert b"data-dopa-known" in client.get(address).content
    passed = client.post(address.replace("/authorize/", "/sign-in/"), {"password": PASSWORD})
    assert passed.headers["Location"] == address
    assert b"told__row" in client.get(address).content
    assert "code" in said(decide(client, address))


def test_a_pin_signs_in_as_the_password_does(client, device, key, service):
    set_pin(device.digital_id, device, first=PIN, second=PIN)
    unlock(client, device, ago=120)
    address = request_of(service, prompt="login")
    sent = {"pin": PIN, "proof": proof(device, key)}
    passed = client.post(address.replace("/authorize/", "/sign-in/"), sent)
    assert passed.headers["Location"] == address
    assert "code" in said(decide(client, address))


def test_a_wrong_password_signs_nobody_in(client, device, service):
    unlock(client, device, ago=3600)
    address = request_of(service)
    answer = client.post(address.replace("/authorize/", "/sign-in/"), {"password": "not this"})
    assert answer.status_code == 422
    assert b"told__row" not in client.get(address).content


def test_a_refusal_comes_back_to_the_service(citizen, service):
    answer = decide(citizen, request_of(service), decision="refuse")
    assert (said(answer)["error"], Grant.objects.count()) == ("access_denied", 0)


def test_what_is_needed_comes_along_and_what_was_not_asked_never(citizen, service):
    answer = decide(citizen, request_of(service, scope="openid profile"), agreed=())
    _token, session = exchange(service, answer)
    assert set(session.get(f"{HOST}/connect/userinfo/").json()) == {"sub", "name"}
    stranger = decide(citizen, request_of(service), agreed=("masked_number",))
    assert stranger.status_code == 200
    assert b"told__row" in stranger.content

"""The code flow as a service walks it with authlib's client: the OpenID Foundation's points for the
basic profile of a provider.
"""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from identity.models import DigitalID
from relying_parties.models import Grant
from tests.identity.factories import PASSWORD
from tests.relying_parties.conftest import HOST, client_of, unlock
from tests.relying_parties.factories import CALLBACK, RelyingPartyFactory

pytestmark = pytest.mark.django_db
VERIFIER = "v" * 64


def request_of(service, session=None, **changes) -> str:
    """The address a service sends people to; None takes a parameter out."""
    address, _state = (session or client_of(service)).create_authorization_url(
        f"{HOST}/connect/authorize/", code_verifier=VERIFIER, nonce="n-1", state="s-1"
    )
    asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()} | changes
    return "/connect/authorize/?" + urlencode({k: v for k, v in asked.items() if v is not None})


def decide(browser: Client, address: str, *, decision="agree", agreed=("birthdate",)):
    address = address.replace("/authorize/", "/decide/")
    return browser.post(address, {"decision": decision, "agreed": list(agreed)})


def said(answer) -> dict:
    """What came back to the service."""
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def exchange(service, answer, **options) -> tuple[dict, object]:
    session = client_of(service, **options.pop("session", {}))
    more = {"code_verifier": VERIFIER, "state": "s-1"} | options
    return session.fetch_token(authorization_response=answer.headers["Location"], **more), session


def signed_in(browser: Client, service, **options) -> tuple[dict, object]:
    return exchange(service, decide(browser, request_of(service)), **options)


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


def test_a_code_that_comes_twice_ends_what_it_gave(citizen, service):
    answer = decide(citizen, request_of(service))
    _token, session = exchange(service, answer)
    with pytest.raises(OAuthError, match="invalid_grant"):
        exchange(service, answer)
    assert session.get(f"{HOST}/connect/userinfo/").status_code == 401


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": "https://service.example/other"}, "invalid_grant"),
        ({"session": {"client_secret": "guessed"}}, "invalid_client"),
    ],
)
def test_a_code_is_worth_nothing_in_other_hands(citizen, service, options, error):
    answer = decide(citizen, request_of(service))
    with pytest.raises(OAuthError, match=error):
        exchange(service, answer, **options)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("password", "unsupported_grant_type"), ('pass"word', "invalid_request")],
)
def test_other_ways_to_a_token_do_not_exist(service, kind, error):
    answer = Client(SERVER_NAME="localhost").post("/connect/token/", {"grant_type": kind})
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_a_code_of_another_service_is_refused(citizen, service):
    answer = decide(citizen, request_of(service))
    with pytest.raises(OAuthError, match="invalid_grant"):
        exchange(RelyingPartyFactory(), answer)
    assert "id_token" in exchange(service, answer)[0]


def test_the_secret_may_ride_in_the_body(citizen, service):
    post = {"token_endpoint_auth_method": "client_secret_post"}
    assert "id_token" in signed_in(citizen, service, session=post)[0]


def test_a_service_may_prove_itself_by_its_own_key(citizen):
    key = ECKey.generate_key("P-256", {"kid": "own"})
    public = {"keys": [key.as_dict(private=False)]}
    service = RelyingPartyFactory(auth_method="private_key_jwt", jwks=public, secret_hash="")
    session = client_of(service, client_secret=key, token_endpoint_auth_method="private_key_jwt")
    session.register_client_auth_method(
        PrivateKeyJWT(f"{HOST}/connect/token/", alg="ES256", headers={"kid": "own"})
    )
    answer = decide(citizen, request_of(service))
    token = session.fetch_token(
        authorization_response=answer.headers["Location"], code_verifier=VERIFIER, state="s-1"
    )
    assert "id_token" in token
    with pytest.raises(OAuthError, match="invalid_client"):
        signed_in(citizen, service)


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_a_digital_id_out_of_force_stops_at_once(citizen, service, device, status):
    _token, session = signed_in(citizen, service)
    waiting = decide(citizen, request_of(service))
    DigitalID.objects.filter(pk=device.digital_id_id).update(status=status)
    assert session.get(f"{HOST}/connect/userinfo/").status_code == 401
    with pytest.raises(OAuthError, match="invalid_grant"):
        exchange(service, waiting)
    assert b"told__row" not in citizen.get(request_of(service)).content

"""What a code is worth, to whom, and how often."""

import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.test import Client
from joserfc.jwk import ECKey

from audit.actions import Action
from audit.models import Entry
from identity.models import DigitalID
from tests.relying_parties.conftest import HOST, client_of
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.flow import VERIFIER, decide, exchange, request_of, signed_in

pytestmark = pytest.mark.django_db


def test_a_code_that_comes_twice_ends_what_it_gave(citizen, service):
    answer = decide(citizen, request_of(service))
    _token, session = exchange(service, answer)
    with pytest.raises(OAuthError, match="invalid_grant"):
        exchange(service, answer)
    assert session.get(f"{HOST}/connect/userinfo/").status_code == 401
    assert Entry.objects.filter(action=Action.SERVICE_CODE_REUSED).count() == 1


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

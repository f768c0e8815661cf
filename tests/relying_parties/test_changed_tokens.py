"""A service or a wallet that changes what it signed or was given (tests.mutating)."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
from authlib.oauth2.base import OAuth2Error
from django.test import Client
from joserfc import jws
from joserfc.jwk import ECKey

from relying_parties.demands import demands_of
from relying_parties.hints import subject_named_by
from relying_parties.presentations.checking import PresentationRefused, check
from relying_parties.wallets.proofs import ProofRefused, new_nonce, proven_key
from tests.mutating import ODD, json_of, parts_of, raised, tokens_of
from tests.relying_parties.conftest import HOST
from tests.relying_parties.factories import RelyingPartyFactory
from tests.relying_parties.hinting import portal_key, said_by, written
from tests.relying_parties.presenting import credential_of
from tests.relying_parties.test_presentation_check import ASKED, AUDIENCE, NONCE, presented

pytestmark = pytest.mark.django_db
ES256 = ["ES256"]
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def test_a_wallets_proof(key):
    header = {"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": key.as_dict(private=False)}

    def proof(nonce: str = "") -> str:
        said = json.dumps({"aud": HOST, "iat": int(time.time()), "nonce": nonce or new_nonce()})
        return jws.serialize_compact(header, said, key, algorithms=ES256)

    assert raised(proven_key, tokens_of(proof(), key), ProofRefused) == {}
    with pytest.raises(ProofRefused, match="invalid_nonce"):
        proven_key(proof("\ud800:a:b"))
    assert proven_key(proof()) == key.as_dict(private=False)


def test_a_presentation(device, key):
    text = presented(credential_of(device), key)
    issued, *shown, binding = text.split("~")

    def read(one: str) -> None:
        check(one, audience=AUDIENCE, nonce=NONCE, asked=ASKED)

    def changed() -> Iterator[str]:
        yield from ("~".join([one, *shown, binding]) for one in tokens_of(issued))
        yield from ("~".join([issued, *shown, one]) for one in tokens_of(binding, key))
        yield from ("~".join([issued, str(one), binding]) for one in ODD)
        yield from parts_of(text, "~", places=range(1, len(shown) + 1))

    assert raised(read, changed(), PresentationRefused) == {}
    assert read(text) is None


def test_a_hint(service):
    token = written(said_by("somebody", service))
    key = ECKey.import_key(portal_key().export(as_dict=True))

    def read(one: str) -> str | None:
        return subject_named_by(one, service)

    assert raised(read, tokens_of(token, key)) == {}
    assert read(token) == "somebody"


def test_demands(service):
    wanted = {"essential": True, "value": "x"}
    claims = {"userinfo": {"name": None, "sub": wanted}, "id_token": {"acr": {"values": ["x"]}}}

    def read(text: str) -> object:
        demands = demands_of({"claims": text}, service, redirect_uri="https://x.example")
        return demands.unmet_by(subject="x", assurance="x")

    assert raised(read, map(json.dumps, json_of(claims)), OAuth2Error) == {}
    assert read(json.dumps(claims)) is None


@pytest.fixture
def answers(settings) -> Callable[..., int]:
    """The status that the token endpoint answers a service with."""
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, (10**9, 3600))
    http = Client(SERVER_NAME="localhost", raise_request_exception=False)
    fields = {"grant_type": "authorization_code", "code": "x", "code_verifier": "v" * 64}

    def answers(headers: dict[str, str] | None = None, **more: str) -> int:
        return http.post("/connect/token/", fields | more, headers=headers).status_code

    return answers


def test_an_assertion(answers):
    key = ECKey.generate_key("P-256", {"kid": "own"})
    known = {"keys": [key.as_dict(private=False)]}
    name = str(RelyingPartyFactory(auth_method="private_key_jwt", jwks=known, secret_hash="").pk)
    said = {"iss": name, "sub": name, "aud": HOST, "exp": int(time.time()) + 60, "jti": "once"}
    token = jws.serialize_compact({"alg": "ES256"}, json.dumps(said), key, algorithms=ES256)
    sent = (one for one in tokens_of(token, key) if one.isascii())
    told = {answers(client_assertion_type=ASSERTION, client_assertion=one) for one in sent}
    assert told <= {400, 401}


@pytest.mark.parametrize(
    "said", ["Basic é", "Basic x", "Basic 4A==", "Basic  ", "Basic", " ", "Bearer ", "Basic Og=="]
)
def test_credentials(answers, said):
    assert answers({"Authorization": said}) in {400, 401}

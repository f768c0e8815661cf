"""The two sides of a presentation: a service with its HTTP client, and a wallet that knows nothing
but the standard.
"""

import json
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from joserfc.jwk import ECKey
from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jwt import JWT
from sd_jwt.holder import SDJWTHolder

from core.address import portal_address
from identity.credential import status_list
from identity.credential.sd_jwt import issue_credential
from identity.credential.views import list_address
from identity.models import Device
from relying_parties.models import RelyingParty
from tests.relying_parties.conftest import HOST
from tests.relying_parties.factories import SECRET

ASK = "/connect/presentations/"


def post(address: str, service: RelyingParty, **fields):
    """What the service's own HTTP client sends, authenticated by the form."""
    proof = {"client_id": str(service.pk), "client_secret": SECRET}
    return Client(SERVER_NAME="localhost").post(address.removeprefix(HOST), proof | fields)


def ask(service: RelyingParty, *, claims: str = "name age_over_20", **fields) -> dict:
    answered = post(ASK, service, claims=claims, **fields)
    assert answered.status_code == 201, answered.content
    return answered.json()


def result(service: RelyingParty, asked: dict, **fields) -> dict:
    return post(asked["result"], service, **fields).json()


def credential_of(device: Device) -> str:
    address = list_address(status_list.list_number(device.digital_id))
    return issue_credential(device, issuer=portal_address(), list_address=address)


class Wallet:
    """Follows a request by OpenID4VP and answers with the library sd-jwt."""

    def __init__(self, credential: str, key: ECKey) -> None:
        self.http = Client(SERVER_NAME="localhost")
        self.credential = credential
        self.key = JWK.from_json(json.dumps(key.as_dict(private=True)))

    def open(self, link: str) -> dict:
        """The verified request object that a link leads to."""
        named = {k: v[0] for k, v in parse_qs(urlsplit(link).query).items()}
        fetched = self.http.get(named["request_uri"].removeprefix(HOST))
        assert fetched.headers["Content-Type"] == "application/oauth-authz-req+jwt"
        keys = JWKSet.from_json(self.http.get("/.well-known/jwks.json").content.decode())
        request = JWT(jwt=fetched.content.decode(), key=keys, expected_type="JWS")
        assert json.loads(request.header)["typ"] == "oauth-authz-req+jwt"
        said = json.loads(request.claims)
        assert said["client_id"] == named["client_id"]
        return said

    def shown(self, said: dict, names: list[str] | None = None) -> str:
        """A presentation of the query's claims, or of those named."""
        (query,) = said["dcql_query"]["credentials"]
        chosen = {}
        for claim in query["claims"]:
            if names is None or claim["id"] in names:
                place = chosen
                for step in claim["path"][:-1]:
                    place = place.setdefault(step, {})
                place[claim["path"][-1]] = True
        holder = SDJWTHolder(self.credential)
        holder.create_presentation(chosen, said["nonce"], said["client_id"], self.key)
        return holder.sd_jwt_presentation

    def send(self, said: dict, presentation: str):
        (query,) = said["dcql_query"]["credentials"]
        vp_token = json.dumps({query["id"]: [presentation]})
        return self.post(said, vp_token=vp_token)

    def post(self, said: dict, **fields):
        return self.http.post(said["response_uri"].removeprefix(HOST), fields)

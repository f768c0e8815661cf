"""OpenID4VCI as another wallet walks it: keys and proofs by jwcrypto, the credential by sd-jwt."""

import base64
import json
import re
import time
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jwcrypto.jwk import JWK, JWKSet
from jwcrypto.jwt import JWT
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier

from identity.credential.status_list import SIGNED_ANEW_SECONDS
from identity.models import Device, DigitalID
from relying_parties.wallets import statuses
from relying_parties.wallets.offers import make_offer
from tests.identity.factories import PASSWORD
from tests.relying_parties.conftest import HOST

pytestmark = pytest.mark.django_db
PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@pytest.fixture(autouse=True)
def _no_list_of_another_test() -> None:
    statuses._signed.cache_clear()


class Wallet:
    """What a wallet does, knowing nothing but the standard and the scanned offer."""

    def __init__(self, link: str) -> None:
        self.http = Client(SERVER_NAME="localhost")
        self.offer = json.loads(parse_qs(urlsplit(link).query)["credential_offer"][0])
        self.key = JWK.generate(kty="EC", crv="P-256")
        self.issuer = self.fetch("/.well-known/openid-credential-issuer")
        self.server = self.fetch("/.well-known/oauth-authorization-server")

    def fetch(self, address: str) -> dict:
        return self.http.get(address.removeprefix(HOST)).json()

    def take(self, pin: str):
        """The token endpoint's answer."""
        code = self.offer["grants"][PRE_AUTHORIZED]["pre-authorized_code"]
        asked = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code, "tx_code": pin}
        return self.http.post(self.server["token_endpoint"], asked)

    def nonce(self) -> str:
        return self.http.post(self.issuer["nonce_endpoint"]).json()["c_nonce"]

    def proof(self, *, header: dict | None = None, **changes) -> str:
        public = json.loads(self.key.export_public())
        said = {"aud": self.offer["credential_issuer"], "iat": int(time.time())}
        said |= {"nonce": changes.pop("nonce", None) or self.nonce()} | changes
        protected = {"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": public}
        token = JWT(header=protected | (header or {}), claims=said)
        token.make_signed_token(self.key)
        return token.serialize()

    def ask(self, token: str, proof: str, **changes):
        (name,) = self.offer["credential_configuration_ids"]
        asked = {"credential_configuration_id": name, "proofs": {"jwt": [proof]}} | changes
        return self.http.post(
            self.issuer["credential_endpoint"],
            json.dumps(asked),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    def collect(self, pin: str) -> str:
        token = self.take(pin).json()["access_token"]
        return self.ask(token, self.proof()).json()["credentials"][0]["credential"]

    def issuer_key(self, _issuer: str, header: dict) -> JWK:
        keys = JWKSet.from_json(json.dumps(self.fetch("/.well-known/jwks.json")))
        return keys.get_key(header["kid"])


@pytest.fixture
def offer(device):
    return make_offer(device.digital_id)


@pytest.fixture
def wallet(offer) -> Wallet:
    return Wallet(offer.link)


def status_of(wallet: Wallet, credential: str) -> int:
    """What the signed list says in the credential's place."""
    said = SDJWTVerifier(credential, wallet.issuer_key).get_verified_payload()
    place = said["status"]["status_list"]
    token = JWT(jwt=wallet.http.get(place["uri"].removeprefix(HOST)).content.decode())
    token.validate(wallet.issuer_key("", token.token.jose_header))
    packed = json.loads(token.claims)["status_list"]["lst"]
    bits = zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return bits[place["idx"] // 4] >> (place["idx"] % 4 * 2) & 3


def test_a_wallet_collects_the_credential_and_shows_an_age(wallet, offer):
    holder = SDJWTHolder(wallet.collect(offer.pin))
    holder.create_presentation(
        {"age_equal_or_over": {"18": True}}, "nonce", "https://shop.example", wallet.key
    )
    said = SDJWTVerifier(
        holder.sd_jwt_presentation, wallet.issuer_key, "https://shop.example", "nonce"
    ).get_verified_payload()
    assert (said["iss"], said["age_equal_or_over"]) == (HOST, {"18": True})
    assert "name" not in said
    named = wallet.issuer["credential_configurations_supported"]["ddopa_digital_id"]
    assert (said["vct"], named["format"]) == (named["vct"], "dc+sd-jwt")


def test_a_wallets_credential_is_revoked_alone(citizen, wallet, offer, device):
    credential, start = wallet.collect(offer.pin), time.time()
    other = make_offer(device.digital_id)
    kept = Wallet(other.link)
    second = kept.collect(other.pin)
    page = citizen.get(reverse("relying_parties:wallets")).content.decode()
    rows = re.findall(r"/id/wallets/(\d+)/take-back/", page)
    citizen.post(reverse("relying_parties:take_back", args=[rows[-1]]))
    with time_machine.travel(start + SIGNED_ANEW_SECONDS + 1, tick=False):
        assert [status_of(wallet, credential), status_of(kept, second)] == [1, 0]
    assert Device.objects.filter(name="Wallet", removed_at=None).count() == 1


@pytest.mark.parametrize(("status", "value"), [("suspended", 2), ("revoked", 1)])
def test_the_digital_ids_own_status_is_the_wallets_too(wallet, offer, device, status, value):
    credential = wallet.collect(offer.pin)
    DigitalID.objects.filter(pk=device.digital_id_id).update(status=status)
    with time_machine.travel(time.time() + SIGNED_ANEW_SECONDS + 1, tick=False):
        assert status_of(wallet, credential) == value


def test_what_says_an_old_name_is_revoked(wallet, offer, device):
    credential = wallet.collect(offer.pin)
    DigitalID.objects.filter(pk=device.digital_id_id).update(holder_since=timezone.now())
    assert status_of(wallet, credential) == 1


def test_five_wrong_pins_end_the_offer(wallet, offer):
    wrong = "000000" if offer.pin != "000000" else "111111"
    answers = [wallet.take(pin) for pin in (*[wrong] * 5, offer.pin)]
    assert {answer.status_code for answer in answers} == {400}
    assert {answer.json()["error"] for answer in answers} == {"invalid_grant"}


def test_an_offer_is_taken_once_and_in_five_minutes(wallet, offer, device):
    assert wallet.take(offer.pin).status_code == 200
    assert wallet.take(offer.pin).status_code == 400
    late = make_offer(device.digital_id)
    with time_machine.travel(time.time() + 301):
        assert Wallet(late.link).take(late.pin).status_code == 400


def test_a_token_gives_one_credential(wallet, offer):
    token = wallet.take(offer.pin).json()["access_token"]
    answers = [wallet.ask(token, wallet.proof()).status_code for _time in range(2)]
    assert answers == [200, 401]


@pytest.mark.parametrize(
    ("proof", "error"),
    [
        ({"nonce": "made-up"}, "invalid_nonce"),
        ({"aud": "https://elsewhere.example"}, "invalid_proof"),
        ({"iat": 1}, "invalid_proof"),
        ({"iat": "now"}, "invalid_proof"),
        ({"header": {"typ": "JWT"}}, "invalid_proof"),
        ({"header": {"jwk": json.loads(JWK.generate(kty="EC", crv="P-256").export_public())}},
         "invalid_proof"),
        ({"header": {"jwk": {"kty": "oct", "k": "AAAA"}}}, "invalid_proof"),
    ],
)  # fmt: skip
def test_a_proof_that_is_not_right_gets_nothing(wallet, offer, proof, error):
    token = wallet.take(offer.pin).json()["access_token"]
    answer = wallet.ask(token, wallet.proof(**proof))
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert wallet.ask(token, wallet.proof()).status_code == 200


def test_a_nonce_works_once(wallet, offer):
    nonce = wallet.nonce()
    token = wallet.take(offer.pin).json()["access_token"]
    assert wallet.ask(token, wallet.proof(nonce=nonce), proofs={"jwt": []}).status_code == 400
    assert wallet.ask(token, wallet.proof(nonce=nonce)).status_code == 200
    assert wallet.ask("another", wallet.proof(nonce=nonce)).status_code == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"credential_configuration_id": "another"}, "unknown_credential_configuration"),
        ({"proofs": {"jwt": ["one", "two"]}}, "invalid_proof"),
        ({"proofs": []}, "invalid_credential_request"),
        ({"proofs": {"jwt": ["no.proof"]}}, "invalid_proof"),
    ],
)
def test_a_request_that_is_not_right_gets_nothing(wallet, offer, changes, error):
    token = wallet.take(offer.pin).json()["access_token"]
    answer = wallet.ask(token, "none", **changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_the_holder_makes_an_offer_for_the_password_only(citizen):
    address = reverse("relying_parties:wallets")
    wrong = citizen.post(address, {"password": "not this"})
    right = citizen.post(address, {"password": PASSWORD}).content.decode()
    assert (wrong.status_code, b"openid-credential-offer" in wrong.content) == (422, False)
    link = re.search(r'href="(openid-credential-offer://[^"]+)"', right).group(1)
    pin = re.search(r">(\d{6})<", right).group(1)
    assert Wallet(link.replace("&amp;", "&")).take(pin).status_code == 200


def test_a_suspended_digital_id_goes_into_no_wallet(wallet, offer, device):
    token = wallet.take(offer.pin).json()["access_token"]
    DigitalID.objects.filter(pk=device.digital_id_id).update(status="suspended")
    assert wallet.ask(token, wallet.proof()).status_code == 401

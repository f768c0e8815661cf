"""The credential and the status list, read by a library that is not ours."""

import base64
import datetime
import json
import time
import zlib

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from joserfc import jws
from joserfc.jwk import ECKey
from jwcrypto.jwk import JWK
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier

from identity import sessions
from identity.credential.keys import issuer_key, public_keys
from identity.credential.sd_jwt import _digest, _text, issue_credential
from identity.credential.status_list import SIGNED_ANEW_SECONDS, encoded, pack
from identity.models import DigitalID
from tests.identity.factories import DigitalIDFactory, portrait

pytestmark = pytest.mark.django_db
APPENDIX = (
    0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345,
)  # fmt: skip
PLACES = {"issuer": "https://dopa.example", "list_address": "https://dopa.example/status-lists/0/"}


def public_key(_issuer: str, header: dict) -> JWK:
    return next(JWK(**key) for key in public_keys()["keys"] if key["kid"] == header["kid"])


def fetch_list(digital_id: DigitalID) -> bytes:
    number = digital_id.status_index // 2**20
    answer = Client().get(reverse("identity:statuses", args=[number]))
    token = jws.deserialize_compact(answer.content, issuer_key("t1"), algorithms=["ES256"])
    assert (token.headers()["typ"], answer.headers["Content-Type"]) == (
        "statuslist+jwt",
        "application/statuslist+jwt",
    )
    packed = json.loads(token.payload)["status_list"]["lst"]
    return zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


def status_in_list(digital_id: DigitalID) -> int:
    index = digital_id.status_index % 2**20
    return fetch_list(digital_id)[index // 4] >> (index % 4 * 2) & 3


def test_the_library_reads_all_that_is_disclosed(device):
    digital_id = device.digital_id
    said = SDJWTVerifier(issue_credential(device, **PLACES), public_key).get_verified_payload()
    assert (said["name"], said["name_en"], said["birthdate"]) == (
        "นางสาว มาลี ใจดี",
        "Miss Malee Jaidee",
        "1981-02-12",
    )
    assert said["age_equal_or_over"] == {"18": True, "20": True, "60": False}
    assert said["cnf"] == {"jwk": device.public_key}
    assert said["status"]["status_list"]["idx"] == digital_id.status_index % 2**20
    assert digital_id.holder.number not in json.dumps(said)
    assert portrait() not in json.dumps(said).encode()


def test_the_holder_proves_an_age_and_says_nothing_else(device, key):
    holder = SDJWTHolder(issue_credential(device, **PLACES))
    private = JWK(**{k: v for k, v in key.as_dict(private=True).items() if k != "kid"})
    holder.create_presentation(
        {"age_equal_or_over": {"18": True}}, "nonce", "https://shop.example", private
    )
    said = SDJWTVerifier(
        holder.sd_jwt_presentation, public_key, "https://shop.example", "nonce"
    ).get_verified_payload()
    assert said["age_equal_or_over"] == {"18": True}
    assert {"name", "birthdate", "masked_number", "portrait_sha256"} & set(said) == set()


def test_the_key_of_another_device_proves_nothing(device):
    holder = SDJWTHolder(issue_credential(device, **PLACES))
    stranger = JWK.generate(kty="EC", crv="P-256")
    holder.create_presentation({}, "nonce", "https://shop.example", stranger)
    with pytest.raises(Exception, match="Verification failed"):
        SDJWTVerifier(holder.sd_jwt_presentation, public_key, "https://shop.example", "nonce")


def test_a_changed_letter_of_the_signed_part_is_refused(device):
    signed, rest = issue_credential(device, **PLACES).split("~", 1)
    changed = signed[:-10] + ("A" if signed[-10] != "A" else "B") + signed[-9:]
    with pytest.raises(Exception, match="Verification failed"):
        SDJWTVerifier(f"{changed}~{rest}", public_key)


def test_a_credential_ends_with_the_digital_id_or_in_thirty_days(device):
    ends = []
    for days in (900, 3):
        device.digital_id.expires_on = datetime.date(2026, 5, 1) + datetime.timedelta(days)
        with time_machine.travel(datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC), tick=False):
            said = SDJWTVerifier(issue_credential(device, **PLACES), public_key)
            claims = said.get_verified_payload()
        ends.append((claims["exp"] - claims["iat"]) / 86400)
    assert ends == [30, 4 - 7 / 24]  # the day's end in Bangkok


@pytest.mark.parametrize(
    ("bits", "values", "expected"),
    [
        (1, [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1], "eNrbuRgAAhcBXQ"),
        (2, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3], "eNo76fITAAPfAgc"),
    ],
)
def test_the_list_packs_as_the_vectors_of_the_draft(bits, values, expected):
    assert encoded(pack(dict(enumerate(values)), size=len(values), bits=bits)) == expected


@pytest.mark.parametrize(
    ("bits", "values", "begins", "ends"),
    [
        (1, (1,) * 11, "eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQ", "DMAQAAAACAZC8L2AEb"),
        (2, (1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 3), "eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVI",
         "EBqH81gAQw"),
    ],
)  # fmt: skip
def test_a_million_places_are_those_of_the_drafts_appendix(bits, values, begins, ends):
    """The end holds the checksum of them all (RFC 1950)."""
    made = encoded(pack(dict(zip(APPENDIX, values, strict=True)), size=2**20, bits=bits))
    assert (made[: len(begins)], made[-len(ends) :]) == (begins, ends)


def test_a_disclosure_has_the_digest_of_the_standards_vector():
    """RFC 9901, sections 4.2.1 and 4.2.3."""
    written = '["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]'
    disclosure = _text(written.encode())
    assert (disclosure, _digest(disclosure)) == (
        "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
        "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
    )


def test_a_suspension_is_in_the_list_within_the_minute(device):
    digital_id, start = device.digital_id, time.time()
    seen = []
    for number, status in enumerate(("active", "suspended", "revoked", "active"), 1):
        DigitalID.objects.filter(pk=digital_id.pk).update(status=status)
        with time_machine.travel(start + number * SIGNED_ANEW_SECONDS, tick=False):
            seen.append(status_in_list(digital_id))
    assert seen == [0, 2, 1, 0]


def test_no_two_digital_ids_share_a_place(device):
    one, other = DigitalIDFactory(), DigitalIDFactory(suspended=True)
    assert len({row.status_index for row in (device.digital_id, one, other)}) == 3
    with time_machine.travel(time.time() + 3600):
        assert [status_in_list(one), status_in_list(other)] == [0, 2]


def test_keys_are_published_without_their_private_part_and_may_be_kept():
    answer = Client().get(reverse("identity:issuer_keys"))
    assert [set(key) for key in answer.json()["keys"]] == [
        {"kty", "crv", "x", "y", "kid", "use", "alg"}
    ]
    assert "max-age=300" in answer.headers["Cache-Control"]
    metadata = Client().get(reverse("identity:issuer_metadata")).json()
    assert metadata["jwks_uri"] == f"{metadata['issuer']}/.well-known/jwks.json"


def test_the_phone_fetches_its_own_credential_and_strangers_none(client, device):
    address = reverse("identity:credential")
    assert client.get(address).status_code == 302
    session = client.session
    session.update(
        {
            sessions.HOLDER: str(device.digital_id_id),
            sessions.UNLOCKED_AT: time.time(),
            sessions.DEVICE: str(device.pk),
        }
    )
    session.save()
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/dc+sd-jwt"
    said = SDJWTVerifier(answer.content.decode(), public_key).get_verified_payload()
    assert ECKey.import_key(said["cnf"]["jwk"]).thumbprint() == (
        ECKey.import_key(device.public_key).thumbprint()
    )

"""App Attest objects, made by a root of our own as Apple makes them, and all the wrong ones."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from fido2 import cbor
from fido2.cose import ES256

from verification.attestation import NotAttested
from verification.attestation.app_attest import PRODUCTION, REQUEST, AppAttest

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HASH, APP_ID = "aGFzaA", "TEAM.th.go.dopa"
DAY = timedelta(days=1)


def certificate(name, key, issuer, signer, *, ca, request=None, until=NOW + DAY):
    builder = x509.CertificateBuilder(
        issuer_name=named(issuer),
        subject_name=named(name),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=NOW - DAY,
        not_valid_after=until,
    ).add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    if request is not None:
        der = bytes.fromhex("3024a1220420") + request
        builder = builder.add_extension(x509.UnrecognizedExtension(REQUEST, der), critical=False)
    return builder.sign(signer, SHA256())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


ROOT_KEY, BETWEEN_KEY, LEAF_KEY = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
ROOT = certificate("root", ROOT_KEY, "root", ROOT_KEY, ca=True)
BETWEEN = certificate("between", BETWEEN_KEY, "root", ROOT_KEY, ca=True)
APP = AppAttest(APP_ID, ROOT.public_bytes(Encoding.PEM).decode())


@dataclass(frozen=True)
class Made:
    """What an iPhone would send, and how it may be wrong."""

    request: str = HASH
    app: str = APP_ID
    counter: int = 0
    environment: bytes = PRODUCTION
    key: ec.EllipticCurvePrivateKey = LEAF_KEY
    between: x509.Certificate = BETWEEN
    signer: ec.EllipticCurvePrivateKey = BETWEEN_KEY
    until: datetime = NOW + DAY
    kind: str = "apple-appattest"

    def sent(self) -> str:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        identity = hashlib.sha256(point).digest()
        cose = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        data = hashlib.sha256(self.app.encode()).digest() + b"\x40"
        data += self.counter.to_bytes(4) + self.environment
        data += len(identity).to_bytes(2) + identity + cose
        nonce = hashlib.sha256(data + hashlib.sha256(self.request.encode()).digest()).digest()
        leaf = certificate(
            "leaf", LEAF_KEY, "between", self.signer, ca=False, request=nonce, until=self.until
        )
        chain = [one.public_bytes(Encoding.DER) for one in (leaf, self.between)]
        said = {"fmt": self.kind, "attStmt": {"x5c": chain, "receipt": b""}, "authData": data}
        return b64encode(cbor.encode(said)).decode()


def verify(made: Made) -> None:
    APP.verify(made.sent(), request_hash=HASH, now=NOW)


def test_an_object_of_this_app_over_this_request_is_believed():
    assert verify(Made()) is None


STRANGER = ec.generate_private_key(ec.SECP256R1())
NO_AUTHORITY = certificate("between", BETWEEN_KEY, "root", ROOT_KEY, ca=False)
OF_A_STRANGER = certificate("between", BETWEEN_KEY, "root", STRANGER, ca=True)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"request": "another"}, "request"),
        ({"app": "TEAM.th.go.other"}, "app"),
        ({"counter": 1}, "counter"),
        ({"environment": b"appattestdevelop"}, "environment"),
        ({"key": STRANGER}, "key"),
        ({"kind": "packed"}, "format"),
        ({"signer": STRANGER}, "chain"),
        ({"between": OF_A_STRANGER}, "chain"),
        ({"between": NO_AUTHORITY}, "chain"),
        ({"until": NOW - timedelta(hours=1)}, "chain"),
    ],
)
def test_an_object_that_says_something_else_vouches_for_nothing(changes, wrong):
    with pytest.raises(NotAttested, match=f"^{wrong}$"):
        verify(replace(Made(), **changes))


@pytest.mark.parametrize(
    "sent",
    [
        *["", "x", "é" * 8, "AAAA", b64encode(cbor.encode({})).decode()],
        b64encode(cbor.encode({"fmt": "x", "attStmt": {"x5c": []}, "authData": b""})).decode(),
        b64encode(cbor.encode({"fmt": "x", "attStmt": {"x5c": [b"x"]}, "authData": b""})).decode(),
        b64encode(cbor.encode(["fmt", "attStmt", "authData"])).decode(),
    ],
)
def test_what_is_no_object_vouches_for_nothing(sent):
    with pytest.raises(NotAttested, match="no attestation object"):
        APP.verify(sent, request_hash=HASH, now=NOW)

"""An iPhone's word by App Attest: a key made for this request alone, in the Secure Enclave.

The attestation object (CBOR) has WebAuthn's authenticator data and a certificate of the key by
Apple's App Attest root, with the hash of the request in an extension. Source: Apple, Validating
apps that connect to your server.
"""

import hashlib
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fido2 import cbor
from fido2.webauthn import AuthenticatorData

from core.hostile import read_or
from verification.attestation import NotAttested

FORMAT = "apple-appattest"
PRODUCTION = b"appattest" + bytes(7)  # the authenticator's name
REQUEST = x509.ObjectIdentifier("1.2.840.113635.100.8.2")
HEADER = 6  # bytes of DER before the 32 of the hash: a sequence of one tagged octet string
LONGEST = 3  # certificates


@dataclass(frozen=True)
class AppAttest:
    """The app that is believed: `app_id` is team and bundle ("TEAM.th.go.dopa"), `root` Apple's
    App Attest root certificate (PEM).
    """

    app_id: str
    root: str

    def verify(self, attestation: str, *, request_hash: str, now: datetime) -> None:
        """Raises NotAttested unless this app vouches for the request of that hash (base64 CBOR)."""
        root = x509.load_pem_x509_certificate(self.root.encode())
        with read_or(NotAttested("no attestation object")):
            said: Any = cbor.decode(b64decode(attestation, validate=True))
            wrong = self._wrong(said, root, request_hash, now)
        if wrong:
            raise NotAttested(", ".join(wrong))

    def _wrong(
        self, said: Any, root: x509.Certificate, request_hash: str, now: datetime
    ) -> list[str]:
        chain = [x509.load_der_x509_certificate(one) for one in said["attStmt"]["x5c"]]
        raw = bytes(said["authData"])
        data = AuthenticatorData(raw)
        credential = data.credential_data
        client = hashlib.sha256(request_hash.encode()).digest()
        nonce = hashlib.sha256(raw + client).digest()
        told = chain[0].extensions.get_extension_for_oid(REQUEST).value.public_bytes()
        checks: dict[str, Callable[[], bool]] = {
            "format": lambda: said["fmt"] == FORMAT,
            "chain": lambda: _is_issued(chain, root, now),
            "request": lambda: told[HEADER:] == nonce,
            "app": lambda: data.rp_id_hash == hashlib.sha256(self.app_id.encode()).digest(),
            "counter": lambda: data.counter == 0,
            "environment": lambda: credential is not None and credential.aaguid == PRODUCTION,
            "key": lambda: credential is not None and credential.credential_id == _key_id(chain[0]),
        }
        return [name for name, right in checks.items() if not right()]


def _is_issued(chain: list[x509.Certificate], root: x509.Certificate, now: datetime) -> bool:
    """Each certificate signed by the next, the last by the root; all valid now."""
    if not 1 <= len(chain) <= LONGEST:
        return False
    authorities = [*chain[1:], root]
    try:
        for issued, issuer in zip(chain, authorities, strict=True):
            issued.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return all(_may_issue(one) for one in authorities) and all(
        one.not_valid_before_utc <= now <= one.not_valid_after_utc for one in chain
    )


def _may_issue(certificate: x509.Certificate) -> bool:
    try:
        said = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return said.value.ca


def _key_id(certificate: x509.Certificate) -> bytes:
    """SHA-256 of the public key as an uncompressed point."""
    key = certificate.public_key()
    if not isinstance(key, EllipticCurvePublicKey):
        return b""
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return hashlib.sha256(point).digest()

"""A phone's authenticator made of software: key, flags and counter as a test wants them."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """Answers as browsers do, in JSON. `counter` is what it says; 0 where it does not count."""

    origin: str = "http://localhost:8000"
    rp_id: str = "localhost"
    counter: int = 0
    verifies: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(20))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    cose: dict = field(default_factory=dict)  # what its public key says instead

    def create(self, options: dict) -> str:
        said = self._client_data("webauthn.create", options)
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())) | self.cose)
        length = len(self.credential_id).to_bytes(2, "big")
        attested = bytes(16) + length + self.credential_id + public
        data = self._data(ATTESTED) + attested
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(clientDataJSON=said, attestationObject=made)

    def get(self, options: dict) -> str:
        said = self._client_data("webauthn.get", options)
        data = self._data()
        signed = data + hashlib.sha256(said).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signature)

    def _client_data(self, kind: str, options: dict) -> bytes:
        challenge = options["publicKey"]["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        name = hashlib.sha256(self.rp_id.encode()).digest()
        return name + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        known = websafe_encode(self.credential_id)
        return json.dumps(
            {
                "type": "public-key",
                "id": known,
                "rawId": known,
                "response": {name: websafe_encode(value) for name, value in response.items()},
                "clientExtensionResults": {},
            }
        )

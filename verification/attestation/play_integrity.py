"""An Android app's word by Play Integrity.

The token is encrypted (JWE, A256KW with A256GCM) and signed (JWS, ES256) with keys that Google
gives the maker of an app; it holds the verdicts and the hash of the request that it was made for.
Source: developer.android.com/google/play/integrity (standard and classic requests).
"""

import json
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey

from core.hostile import read_or
from verification.attestation import NotAttested

YOUNG = timedelta(minutes=10)
APP, DEVICE = "PLAY_RECOGNIZED", "MEETS_DEVICE_INTEGRITY"


@dataclass(frozen=True)
class PlayIntegrity:
    """The app that is believed: its package, the SHA-256 of the certificates that may sign it
    (base64url), and the two keys from the Play Console (base64: 32 bytes; SubjectPublicKeyInfo).
    """

    package: str
    certificates: frozenset[str]
    decryption_key: str
    verification_key: str

    def verify(self, token: str, *, request_hash: str, now: datetime) -> None:
        """Raises NotAttested unless this app vouches for the request of that hash just now."""
        said = self._opened(token)
        request, app = said.get("requestDetails", {}), said.get("appIntegrity", {})
        made = timedelta(milliseconds=float(request.get("timestampMillis", 0)))
        checks = {
            "request": request.get("requestHash") == request_hash,
            "package": {request.get("requestPackageName"), app.get("packageName")}
            == {self.package},
            "time": abs(now.timestamp() - made.total_seconds()) < YOUNG.total_seconds(),
            "app": app.get("appRecognitionVerdict") == APP,
            "certificate": not self.certificates.isdisjoint(app.get("certificateSha256Digest", [])),
            "device": DEVICE in said.get("deviceIntegrity", {}).get("deviceRecognitionVerdict", []),
        }
        wrong = [name for name, right in checks.items() if not right]
        if wrong:
            raise NotAttested(", ".join(wrong))

    def _opened(self, token: str) -> dict[str, Any]:
        sealing = OctKey.import_key(b64decode(self.decryption_key))
        signing = ECKey.import_key(b64decode(self.verification_key))
        with read_or(NotAttested("no token of this app")):
            sealed = jwe.decrypt_compact(token, sealing, algorithms=["A256KW", "A256GCM"])
            signed = jws.deserialize_compact(sealed.plaintext or b"", signing, algorithms=["ES256"])
            said = json.loads(signed.payload)
        if not isinstance(said, dict):
            raise NotAttested("no verdicts")
        return said

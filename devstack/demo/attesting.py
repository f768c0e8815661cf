"""Google's part, played for the sample app: tokens as Play Integrity makes them, under keys that
only sample systems trust.
"""

import json
import time
from base64 import b64encode

from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey

PACKAGE = "th.go.dopa.sample"
CERTIFICATE = "c2FtcGxlIGFwcCwgb2Ygbm8gd29ydGggYW55d2hlcmU"
# Written down for all to see: they prove nothing outside of a sample system.
SEALING = OctKey.import_key(bytes(range(32)))
SIGNING = ECKey.import_key(
    {
        "kty": "EC",
        "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    }
)
SAMPLE_APP = {
    "package": PACKAGE,
    "certificates": frozenset({CERTIFICATE}),
    "decryption_key": b64encode(bytes(range(32))).decode(),
    "verification_key": b64encode(SIGNING.as_der(private=False)).decode(),
}


def integrity_token(request_hash: str, **changes: object) -> str:
    """A token that vouches for a request; `changes` replace parts of what it says."""
    said = {
        "requestDetails": {
            "requestPackageName": PACKAGE,
            "requestHash": request_hash,
            "timestampMillis": str(round(time.time() * 1000)),
        },
        "appIntegrity": {
            "appRecognitionVerdict": "PLAY_RECOGNIZED",
            "packageName": PACKAGE,
            "certificateSha256Digest": [CERTIFICATE],
            "versionCode": "1",
        },
        "deviceIntegrity": {"deviceRecognitionVerdict": ["MEETS_DEVICE_INTEGRITY"]},
        "accountDetails": {"appLicensingVerdict": "LICENSED"},
    }
    signed = jws.serialize_compact(
        {"alg": "ES256"}, json.dumps(said | changes), SIGNING, algorithms=["ES256"]
    )
    header = {"alg": "A256KW", "enc": "A256GCM"}
    return jwe.encrypt_compact(header, signed, SEALING, algorithms=["A256KW", "A256GCM"])

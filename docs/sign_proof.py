"""Sign a step of registration. Needs Python 3.11 and `cryptography`, nothing of D.DOPA.

    python sign_proof.py DEVICE.pem ACT ENROLLMENT.json

ACT is `password` or `consent`, ENROLLMENT.json the API's last answer, which has the `nonce` to
sign. Prints a JWS: ES256, `typ` dopa-proof+jwt, by the key whose public part came with the selfie.
"""

import json
import sys
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

HALF = 32  # bytes of each number of a P-256 signature


def part(content: bytes) -> bytes:
    return urlsafe_b64encode(content).rstrip(b"=")


def sign(pem: bytes, act: str, enrollment: dict) -> str:
    """The compact JWS for this act and the nonce of this moment."""
    said = {"aud": act, "sub": enrollment["id"], "nonce": enrollment["proof_nonce"]}
    header = {"alg": "ES256", "typ": "dopa-proof+jwt"}
    signed = b".".join(part(json.dumps(each).encode()) for each in (header, said))
    numbers = decode_dss_signature(load_pem_private_key(pem, None).sign(signed, ECDSA(SHA256())))
    signature = b"".join(number.to_bytes(HALF, "big") for number in numbers)
    return (signed + b"." + part(signature)).decode()


if __name__ == "__main__":
    if len(sys.argv) != 4:  # noqa: PLR2004 - the program and its three arguments
        sys.exit(__doc__)
    pem, enrollment = Path(sys.argv[1]).read_bytes(), Path(sys.argv[3]).read_text()
    print(sign(pem, sys.argv[2], json.loads(enrollment)))

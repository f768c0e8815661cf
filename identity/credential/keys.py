"""The issuer's signing keys: P-256, one for each key of the ring's purpose `issuer`.

A ring's key is 32 random bytes; the scalar is derived from it by HKDF-SHA-256 to 48 bytes and
reduced (FIPS 186-5, A.2.1), so that no second secret has to be kept. To rotate, add a key to the
ring and make it current: the old one goes on being published until it is taken out.
"""

from functools import cache

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc.jwk import ECKey

from core.keyring import ring

SEED_BYTES = 48
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


@cache
def issuer_key(key_id: str) -> ECKey:
    """The private key of an id of the ring; raises KeyError for an id that is not in it."""
    derivation = HKDF(algorithm=SHA256(), length=SEED_BYTES, salt=None, info=b"issuer P-256")
    seed = int.from_bytes(derivation.derive(ring("issuer").keys[key_id]))
    private = derive_private_key(seed % (ORDER - 1) + 1, SECP256R1())
    return ECKey.import_key(private, {"kid": key_id, "use": "sig", "alg": "ES256"})


def current_key() -> tuple[str, ECKey]:
    """The id and the key that new signatures are made with."""
    key_id = ring("issuer").current
    return key_id, issuer_key(key_id)


def public_keys() -> dict[str, list[dict]]:
    """All public keys as a JWK set (RFC 7517), the current one first."""
    keys = ring("issuer")
    others = [key_id for key_id in keys.keys if key_id != keys.current]
    return {
        "keys": [issuer_key(one).as_dict(private=False) for one in (keys.current, *others)],
    }

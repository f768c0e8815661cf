"""What the ring's `audit` keys are for: one derived key signs tree heads, one marks entries."""

import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from audit.canonical import derived_key
from core.keyring import ring


@cache
def entry_key() -> bytes:
    """Marks the entries written from now on."""
    return derived_key(ring("audit").current_key, "entry")


@cache
def entry_keys() -> tuple[bytes, ...]:
    """Every key an entry may be marked with, the current one first."""
    keys = ring("audit")
    others = [key for key_id, key in keys.keys.items() if key_id != keys.current]
    return tuple(derived_key(key, "entry") for key in [keys.current_key, *others])


@cache
def signing_key() -> Ed25519PrivateKey:
    return _signing_key(ring("audit").current_key)


@cache
def public_keys() -> dict[bytes, Ed25519PublicKey]:
    """Log id -> key, for every key a tree head may be signed with."""
    found = [_signing_key(key).public_key() for key in ring("audit").keys.values()]
    return {log_id(key): key for key in found}


def log_id(key: Ed25519PublicKey) -> bytes:
    """SHA-256 of the key's SubjectPublicKeyInfo, as RFC 6962 names a log."""
    return hashlib.sha256(
        key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).digest()


def _signing_key(key: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived_key(key, "tree head"))

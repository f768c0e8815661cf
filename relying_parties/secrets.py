"""Secrets the portal hands out once and keeps only as a hash.

They are 256 random bits, so one round of SHA-256 keeps them: there is nothing to guess.
"""

import hashlib
import hmac
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(secret: str, kept: str) -> bool:
    return bool(kept) and hmac.compare_digest(hash_of(secret), kept)

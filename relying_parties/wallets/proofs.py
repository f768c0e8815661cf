"""A wallet's proof that it holds the key it wants the credential for (OpenID4VCI, appendix F.1)."""

import time
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from core.address import portal_address
from core.guard import once
from core.signed_tokens import Unreadable, key_of, unproven_header, verified
from core.typing import Json
from identity.presentation import public_key_problem
from relying_parties.secrets import new_secret

TYPE = "openid4vci-proof+jwt"
NONCE, NONCE_LASTS = "wallet-nonce", timedelta(minutes=5)
OLDEST_SECONDS = 300
CLOCK_SKEW_SECONDS = 30


class ProofRefused(Exception):
    """`args[0]` is the protocol's code: invalid_proof or invalid_nonce."""


def new_nonce() -> str:
    """Signed, and kept nowhere: whoever asks for a million of them fills no table."""
    return TimestampSigner(salt=NONCE).sign(new_secret())


def proven_key(proof: str) -> Json:
    """The public JWK the proof is signed with; raises ProofRefused."""
    try:
        jwk = unproven_header(proof).get("jwk")
        if not isinstance(jwk, dict) or public_key_problem(jwk):
            raise ProofRefused("invalid_proof")
        claims = verified(proof, key_of(jwk), kind=TYPE)
    except Unreadable as error:
        raise ProofRefused("invalid_proof") from error
    if not _timely(claims):
        raise ProofRefused("invalid_proof")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not _is_fresh(nonce):
        raise ProofRefused("invalid_nonce")
    return jwk


def _is_fresh(nonce: str) -> bool:
    """One of ours, in its time, and used for the first time."""
    try:
        TimestampSigner(salt=NONCE).unsign(nonce, max_age=NONCE_LASTS)
    except (BadSignature, ValueError):
        return False
    return once.claim(NONCE, nonce, keep=NONCE_LASTS)


def _timely(claims: Json) -> bool:
    if claims.get("aud") != portal_address():
        return False
    made = claims.get("iat")
    if not isinstance(made, int):
        return False
    return -CLOCK_SKEW_SECONDS <= time.time() - made <= OLDEST_SECONDS

"""Tokens and codes as a phone makes them, and as forgers do."""

import base64
import json
import secrets
import time

from joserfc import jws
from joserfc.jwk import ECKey

from identity.codes import MADE, SIGNED_FOR, to_digits
from identity.credential.passes import issue_pass, signature
from identity.models import Device
from identity.presentation import Purpose


def make_token(device: Device, key: ECKey, *, header: dict | None = None, **claims) -> str:
    """A fresh valid token; `header` and `claims` replace what is in it."""
    now = int(time.time())
    said = {"aud": "check", "iat": now, "exp": now + 30, "jti": secrets.token_urlsafe(12)}
    said["purpose"] = "all"
    protected = {"alg": "ES256", "typ": "dopa-show+jwt", "kid": str(device.pk)}
    return jws.serialize_compact(
        protected | (header or {}), json.dumps(said | claims).encode(), key, algorithms=["ES256"]
    )


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def with_header(token: str, **changes) -> str:
    """The token with other header fields, its signature as it was."""
    header, claims, signature = token.split(".")
    padded = header + "=" * (-len(header) % 4)
    changed = json.loads(base64.urlsafe_b64decode(padded)) | changes
    return ".".join((encoded(changed), claims, signature))


def make_code(
    device: Device, key: ECKey, *, purpose: str = "all", iat: int | None = None, once: bytes = b""
) -> str:
    """The short form, made now unless `iat` says otherwise."""
    made = MADE.pack(iat or int(time.time()), once or secrets.token_bytes(8))
    return sign_code(issue_pass(device, purpose=Purpose(purpose)) + made, key)


def sign_code(said: bytes, key: ECKey) -> str:
    return to_digits(said + signature(key, SIGNED_FOR + said))

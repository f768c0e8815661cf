"""Compact JWS (RFC 7515) and keys (JWK) that anybody may have written: all of ours are ES256."""

import json

from joserfc import jws
from joserfc.jwk import ECKey, KeySet

from core.hostile import read_or
from core.typing import Json


class Unreadable(Exception):
    """No token, not signed by the key, or no key."""


def key_of(jwk: Json) -> ECKey:
    """Raises Unreadable."""
    with read_or(Unreadable()):
        return ECKey.import_key(jwk)


def unproven_header(token: str) -> Json:
    """What the protected header says; nothing of it is proven. Raises Unreadable."""
    with read_or(Unreadable()):
        return dict(jws.extract_compact(token.encode()).headers())


def verified(token: str, key: ECKey | KeySet, *, kind: str) -> Json:
    """The payload of what `key` signed and whose `typ` is `kind`. Raises Unreadable."""
    with read_or(Unreadable()):
        opened = jws.deserialize_compact(token.encode(), key, algorithms=["ES256"])
        said = json.loads(opened.payload)
    if opened.headers().get("typ") != kind or not isinstance(said, dict):
        raise Unreadable
    return said

"""Reading what claims to be a signed token: anybody may have written it."""

import json

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from core.typing import Json

BROKEN = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def verified(token: str, key: ECKey | KeySet, *, kind: str) -> Json | None:
    """The payload of an ES256 JWS whose `typ` is `kind`; None if it is anything else."""
    try:
        opened = jws.deserialize_compact(token.encode(), key, algorithms=["ES256"])
        said = json.loads(opened.payload)
    except BROKEN:
        return None
    return said if opened.headers().get("typ") == kind and isinstance(said, dict) else None

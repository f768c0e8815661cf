"""The keys of the portal: named by purpose and id, read once from the environment.

`DOPA_KEYRING` is JSON: `{purpose: {"current": id, "keys": {id: 64 hex digits}}}`. Every key is 32
random bytes. New data is written under the current key; old keys stay until nothing uses them.

    python -m core.keyring > keyring.json     # a new ring
"""

import json
import secrets
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PURPOSES = ("data", "lookup", "faces", "audit", "issuer")
KEY_BYTES = 32


@dataclass(frozen=True)
class Ring:
    """The keys of one purpose. `current` is the id that new data is written under."""

    current: str
    keys: dict[str, bytes]

    @property
    def current_key(self) -> bytes:
        return self.keys[self.current]


@cache
def ring(purpose: str) -> Ring:
    """The keys of `purpose`; raises ImproperlyConfigured when they are missing or malformed."""
    try:
        entry = json.loads(settings.KEYRING)[purpose]
        keys = {key_id: bytes.fromhex(text) for key_id, text in entry["keys"].items()}
        found = Ring(entry["current"], keys)
        well_formed = all(len(key) == KEY_BYTES for key in keys.values()) and found.current_key
    except (KeyError, TypeError, ValueError):
        well_formed = False
    if not well_formed:
        raise ImproperlyConfigured(f"DOPA_KEYRING holds no usable keys for {purpose!r}")
    return found


def new_keyring() -> dict[str, dict]:
    """A ring with one fresh key for every purpose."""
    return {
        purpose: {"current": "k1", "keys": {"k1": secrets.token_hex(KEY_BYTES)}}
        for purpose in PURPOSES
    }


if __name__ == "__main__":
    print(json.dumps(new_keyring(), indent=2))

"""The signature of a seal: which month left the database, and which leaves were its."""

import json

from cryptography.exceptions import InvalidSignature

from audit.keys import public_keys
from audit.models import Seal

PREFIX = b"dopa-audit-seal-1\n"  # no tree head begins so: one key signs both


def is_signed(seal: Seal) -> bool:
    """Whether one of the portal's keys signed the seal."""
    key = public_keys().get(bytes(seal.log_id))
    try:
        return key is not None and key.verify(bytes(seal.signature), signed_bytes(seal)) is None
    except InvalidSignature:
        return False


def signed_bytes(seal: Seal) -> bytes:
    values = {
        "month": f"{seal.month:%Y-%m}",
        "entries": seal.entries,
        "leaves": list(seal.leaves),
        "tree_size": seal.tree_size,
        "export_digest": bytes(seal.export_digest).hex(),
    }
    return PREFIX + json.dumps(values, sort_keys=True, separators=(",", ":")).encode()

"""The signature of an archive: which month left the database, and which leaves were its."""

import json

from cryptography.exceptions import InvalidSignature

from audit.keys import public_keys
from audit.models import MonthArchive

PREFIX = b"dopa-audit-seal-1\n"  # no tree head begins so: one key signs both


def is_signed(archive: MonthArchive) -> bool:
    """Whether one of the portal's keys signed the archive."""
    key = public_keys().get(bytes(archive.log_id))
    if key is None:
        return False
    try:
        key.verify(bytes(archive.signature), signed_bytes(archive))
    except InvalidSignature:
        return False
    return True


def signed_bytes(archive: MonthArchive) -> bytes:
    values = {
        "month": f"{archive.month:%Y-%m}",
        "entries": archive.entries,
        "leaves": list(archive.leaves),
        "tree_size": archive.tree_size,
        "export_digest": bytes(archive.export_digest).hex(),
    }
    return PREFIX + json.dumps(values, sort_keys=True, separators=(",", ":")).encode()

"""Entries as lines of JSON that a signature at the end holds together.

Each line is one entry: the fields of its leaf (audit.canonical) by name, all as text, so that
joining them by U+001F gives the leaf again. The last line is
`{"manifest": {...}, "signature": hex}`: an Ed25519 signature over `PREFIX` and the manifest as
canonical JSON (sorted names, no blanks). The manifest's `sha256` is that of all lines before.
docs/check_audit_export.py checks such a file without this project.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from django.db import connection
from django.utils import timezone

from audit.canonical import FIELDS, LEAF_SQL, SEPARATOR, instant
from audit.keys import log_id, public_keys, signing_key
from core.typing import Json

FORMAT = "dopa-audit-export-1"
PREFIX = b"dopa-audit-export-1\n"  # no tree head begins so: one key signs both
AT_ONCE = 2000
NEXT = f"""
    SELECT at, id, {LEAF_SQL} FROM audit_entry
    WHERE at >= %s AND at < %s AND (at, id) > (%s, %s) ORDER BY at, id LIMIT {AT_ONCE}
"""  # noqa: S608 - our own columns


def export_period(since: datetime, until: datetime) -> Iterator[bytes]:
    """The entries of [since, until), oldest first, and the signed manifest; read page by page."""
    about = {"since": instant(since), "until": instant(until)}
    return signed_lines(_leaves(since, until), about=about)


def _leaves(since: datetime, until: datetime) -> Iterator[bytes]:
    after: tuple[datetime, int] = (since, -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [since, until, *after])
            rows = cursor.fetchall()
        if not rows:
            return
        yield from (bytes(leaf) for _, _, leaf in rows)
        after = rows[-1][:2]


def signed_lines(leaves: Iterable[bytes], *, about: Json) -> Iterator[bytes]:
    """A line for each leaf, then the manifest: `about` and what the lines add up to."""
    digest, count, first, last = hashlib.sha256(), 0, "", ""
    for leaf in leaves:
        line, last = line_of(leaf)
        first, count = first or last, count + 1
        digest.update(line)
        yield line
    totals = {"count": count, "first": first, "last": last, "sha256": digest.hexdigest()}
    yield _signed(about | totals)


def line_of(leaf: bytes) -> tuple[bytes, str]:
    """An entry as a line of JSON, and its number."""
    values = dict(zip(("format", *FIELDS), leaf.decode().split(SEPARATOR), strict=True))
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n", values["id"]


def leaf_of(line: bytes) -> bytes:
    """The leaf that `line_of` made the line from; ValueError or KeyError for another line."""
    values = json.loads(line)
    return SEPARATOR.join(values[name] for name in ("format", *FIELDS)).encode()


def _signed(manifest: Json) -> bytes:
    key = signing_key()
    manifest |= {
        "format": FORMAT,
        "exported_at": instant(timezone.now()),
        "log_id": log_id(key.public_key()).hex(),
    }
    signature = key.sign(signed_bytes(manifest))
    whole = {"manifest": manifest, "signature": signature.hex()}
    return json.dumps(whole, ensure_ascii=False).encode() + b"\n"


def signed_bytes(manifest: Json) -> bytes:
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return PREFIX + text.encode()


def is_signed(manifest: Json, signature: bytes) -> bool:
    """Whether one of the portal's keys signed the manifest."""
    key = public_keys().get(bytes.fromhex(manifest["log_id"]))
    try:
        return key is not None and key.verify(signature, signed_bytes(manifest)) is None
    except InvalidSignature:
        return False

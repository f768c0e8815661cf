"""The bytes of an entry that are hashed: made by SQL when many are read, here when one is written.

An entry's leaf is its fields as UTF-8 text in the order of `FIELDS`, joined by the unit separator
U+001F, after the name of the format. No field may hold a control character (audit.guard), and
whoever reads leaves counts the separators, so two different entries never share a leaf.
`at` is UTC to the microsecond; `details` is the text form of PostgreSQL's jsonb (keys by length,
then by bytes; `", "` and `": "`); `transaction_id` comes last because only the database knows it:
the entry's MAC covers all before it.
"""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.typing import Json

FORMAT = "dopa-audit-1"
SEPARATOR = "\x1f"
FIELDS = (
    "id",
    "at",
    "action",
    "actor_kind",
    "actor_id",
    "role",
    "office",
    "subject_type",
    "subject_id",
    "reason",
    "request_id",
    "address_class",
    "details",
    "transaction_id",
)
SEPARATORS = len(FIELDS)
MAC_BYTES = 16
_SQL_OF = {
    "at": """pg_catalog.to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "details": "details::text",
}
# A literal SELECT expression: qualified, so that nothing on the search path can stand in for it.
LEAF_SQL = (
    f"pg_catalog.convert_to(pg_catalog.concat_ws(E'\\x1f', '{FORMAT}', "
    + ", ".join(_SQL_OF.get(field, field) for field in FIELDS)
    + "), 'UTF8')"
)


def content(values: Json) -> bytes:
    """What an entry's MAC covers: its leaf but for `transaction_id`. `details` is a dict."""
    texts = dict(values, at=instant(values["at"]), details=jsonb_text(values["details"]))
    return SEPARATOR.join([FORMAT, *(str(texts[field]) for field in FIELDS[:-1])]).encode()


def instant(at: datetime) -> str:
    """`2026-10-05T07:30:00.000123Z`; `at` is aware."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def jsonb_text(value: object) -> str:
    """What PostgreSQL makes of `value::jsonb::text`, for the kinds audit.guard allows."""
    match value:
        case dict():
            names = sorted(value, key=lambda name: (len(name.encode()), name.encode()))
            members = (f"{_quoted(name)}: {jsonb_text(value[name])}" for name in names)
            return "{" + ", ".join(members) + "}"
        case list():
            return "[" + ", ".join(jsonb_text(item) for item in value) + "]"
        case float():
            plain = f"{Decimal(repr(value)):f}"
            return plain.removeprefix("-") if value == 0 else plain
        case str():
            return _quoted(value)
        case _:
            return json.dumps(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def derived_key(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose from one key of the ring (HKDF-SHA-256, RFC 5869)."""
    info = f"dopa audit {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)


def mac(key: bytes, covered: bytes) -> bytes:
    """Keyed BLAKE2b (RFC 7693) of `content`, 16 bytes: shows that the portal wrote the entry."""
    return hashlib.blake2b(covered, key=key, digest_size=MAC_BYTES).digest()

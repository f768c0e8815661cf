"""Signed tree heads: what the portal commits itself to, once a minute.

The signature covers TreeHeadDataV2 of RFC 9162, 4.10 (milliseconds since 1970, tree size, root
hash, no extensions), under Ed25519. Outside the database a head is a line of JSON.
"""

import json
import struct
import time
from collections.abc import Callable
from typing import TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from audit.keys import log_id, public_keys, signing_key
from audit.merkle import HASH_BYTES
from audit.models import Head
from audit.sequencer import locked_cursor
from audit.tiles import Tree, TreeDamaged, tree_size

BINARY = ("root_hash", "log_id", "signature")


class HeadFields(TypedDict):
    """A head as JSON has it, the binary ones as hex."""

    tree_size: int
    timestamp: int
    root_hash: str
    log_id: str
    signature: str


class HeadUnreadable(ValueError):
    """The text is no tree head."""


@transaction.atomic
def publish() -> Head | None:
    """Sign a head of the tree as it is; the last one when nothing came since, None when empty.

    Raises TreeDamaged, and signs nothing, unless the tree still begins with what was signed last.
    """
    locked_cursor()
    size, tree = tree_size(), Tree()
    last = Head.objects.order_by("pk").last()
    if last:
        _refuse_a_fork(last, size, tree)
    if not size or (last and last.tree_size == size):
        return last
    key = signing_key()
    head = Head(
        tree_size=size,
        timestamp=time.time_ns() // 1_000_000,
        root_hash=tree.root(size),
        log_id=log_id(key.public_key()),
    )
    head.signature = key.sign(signed_bytes(head))
    head.save(force_insert=True)
    return head


def _refuse_a_fork(last: Head, size: int, tree: Tree) -> None:
    if not is_signed(last):
        raise TreeDamaged(f"the head of {last.tree_size} leaves is not signed by this portal")
    if last.tree_size > size:
        raise TreeDamaged(f"the tree has {size} leaves, its last head {last.tree_size}")
    if tree.root(last.tree_size) != bytes(last.root_hash):
        raise TreeDamaged(f"the tree does not begin with the {last.tree_size} leaves signed last")


def signed_bytes(head: Head) -> bytes:
    """TreeHeadDataV2, RFC 9162, 4.10."""
    fixed = struct.pack(">QQB", head.timestamp, head.tree_size, HASH_BYTES)
    return fixed + bytes(head.root_hash) + struct.pack(">H", 0)


def is_signed(head: Head, keys: Callable[[], dict[bytes, Ed25519PublicKey]] = public_keys) -> bool:
    """Whether one of the portal's keys signed the head."""
    key = keys().get(bytes(head.log_id))
    try:
        return key is not None and key.verify(bytes(head.signature), signed_bytes(head)) is None
    except InvalidSignature:
        return False


def fields_of(head: Head) -> HeadFields:
    return {
        "tree_size": head.tree_size,
        "timestamp": head.timestamp,
        "root_hash": bytes(head.root_hash).hex(),
        "log_id": bytes(head.log_id).hex(),
        "signature": bytes(head.signature).hex(),
    }


def as_line(head: Head) -> str:
    """The head as one line of JSON, as witnesses keep it."""
    return json.dumps(fields_of(head))


def from_line(line: str) -> Head:
    """The head that `as_line` wrote; HeadUnreadable for anything else. Checks no signature."""
    try:
        fields = json.loads(line)
        binary = {name: bytes.fromhex(fields[name]) for name in BINARY}
        return Head(
            tree_size=int(fields["tree_size"]), timestamp=int(fields["timestamp"]), **binary
        )
    except (KeyError, TypeError, ValueError) as unreadable:
        raise HeadUnreadable("this is no tree head") from unreadable

"""Check a proof from D.DOPA's audit log. Needs Python 3.11 and `cryptography`, nothing of D.DOPA.

    python check_audit_proof.py proof.json --public-key HEX [--head heads.ndjson]

`--public-key` is the log's key as the portal published it: take it from another source than the
proof. `--head`: tree heads a witness kept; one of the proof's heads must then be among them.
Ends with 0 and prints the entry when the proof holds; with 1 and the reason when it does not.
"""

import argparse
import hashlib
import json
import struct
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = (
    "format id at action actor_kind actor_id role office subject_type subject_id reason "
    "request_id address_class details transaction_id"
).split()


class Wrong(Exception):
    pass


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def check_head(head: dict, key: Ed25519PublicKey) -> bytes:
    """The head's root, once its signature over TreeHeadDataV2 (RFC 9162, 4.10) is right."""
    root = bytes.fromhex(head["root_hash"])
    signed = struct.pack(">QQB", head["timestamp"], head["tree_size"], len(root)) + root
    try:
        key.verify(bytes.fromhex(head["signature"]), signed + b"\x00\x00")
    except InvalidSignature:
        raise Wrong(f"the head of {head['tree_size']} leaves is not signed by this key") from None
    return root


def sides(node: int, last: int, steps: int) -> list[bool]:
    """Whether each hash of a path stands on the left; both verifications of RFC 9162 climb so."""
    found = []
    while last:
        found.append(bool(node & 1 or node == last))
        while node == last and not node & 1:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if len(found) != steps:
        raise Wrong("the path has not the length it must have")
    return found


def root_by_inclusion(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        raise Wrong("the leaf is not in a tree of this size")
    root = leaf
    for sibling, left in zip(path, sides(index, size - 1, len(path)), strict=True):
        root = node_hash(sibling, root) if left else node_hash(root, sibling)
    return root


def roots_by_consistency(
    old_root: bytes, old: int, size: int, path: list[bytes]
) -> tuple[bytes, bytes]:
    """RFC 9162, 2.1.4.2: the roots of both trees as the path makes them."""
    if not 0 < old < size or not path:
        raise Wrong("the sizes and the path do not fit")
    whole = old & -old
    if whole == old:
        path = [old_root, *path]
    before = after = path[0]
    way = sides((old - 1) // whole, (size - 1) // whole, len(path) - 1)
    for sibling, left in zip(path[1:], way, strict=True):
        if left:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return before, after


def check_entry(proof: dict, root: bytes) -> list[str]:
    leaf, head = proof["leaf"].encode(), proof["head"]
    path = [bytes.fromhex(step) for step in proof["inclusion_path"]]
    if root_by_inclusion(leaf_hash(leaf), proof["leaf_index"], head["tree_size"], path) != root:
        raise Wrong("the entry is not under this head")
    values = proof["leaf"].split("\x1f")
    if len(values) != len(FIELDS):
        raise Wrong("the entry is malformed")
    return [f"{name}: {value}" for name, value in zip(FIELDS, values, strict=True)]


def check_growth(proof: dict, root: bytes, key: Ed25519PublicKey) -> list[str]:
    old, size = proof["old_head"]["tree_size"], proof["head"]["tree_size"]
    old_root = check_head(proof["old_head"], key)
    path = [bytes.fromhex(step) for step in proof["consistency_path"]]
    made = (old_root, old_root) if old == size and not path else None
    if (made or roots_by_consistency(old_root, old, size, path)) != (old_root, root):
        raise Wrong("the later tree does not begin with the earlier one")
    return [f"The tree of {size} leaves begins with that of {old}."]


def check(proof: dict, public_key: str, kept: list[dict]) -> list[str]:
    """What the proof shows, line by line; raises Wrong."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    root = check_head(proof["head"], key)
    if kept and not any(proof.get(name) in kept for name in ("head", "old_head")):
        raise Wrong("the witness has no head of this proof")
    if "leaf" in proof:
        return check_entry(proof, root)
    return check_growth(proof, root, key)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("proof", type=Path)
    parser.add_argument("--public-key", required=True)
    parser.add_argument("--head", type=Path)
    given = parser.parse_args()
    lines = given.head.read_text().splitlines() if given.head else []
    try:
        kept = [json.loads(line) for line in lines if line.strip()]
        shown = check(json.loads(given.proof.read_text()), given.public_key, kept)
    except Wrong as wrong:
        sys.exit(f"The proof does not hold: {wrong}.")
    except (KeyError, TypeError, ValueError):
        sys.exit("The proof or the heads cannot be read.")
    print("The proof holds.", *shown, sep="\n")


if __name__ == "__main__":
    main()

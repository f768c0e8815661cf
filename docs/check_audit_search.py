"""Check a search of D.DOPA's audit log. Needs Python 3.11 and `cryptography`, nothing of D.DOPA.

    python check_audit_search.py search.zip --public-key HEX [--head heads.ndjson]

`--public-key` is the log's key as the portal published it: take it from another source than the
file. `--head`: tree heads a witness kept; the file's head must then be among them. Ends with 0 and
says what was searched for when the file is as it was signed, each row stands under the signed head
and fits the search; with 1 and the reason when not. That a search found everything there was is
what the portal says with its signature; the tree proves what is in it, not what was left out.
"""

import argparse
import csv
import hashlib
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = b"dopa-audit-search-1\n"
FIELDS = (
    "sentence format id at action actor_kind actor_id role office subject_type subject_id reason "
    "request_id address_class details transaction_id"
).split()
LARGEST = 1 << 28


class Wrong(Exception):
    pass


def digest(start: bytes, *parts: bytes) -> bytes:
    return hashlib.sha256(start + b"".join(parts)).digest()


def check_signed(key: Ed25519PublicKey, signature: str, signed: bytes, what: str) -> None:
    try:
        key.verify(bytes.fromhex(signature), signed)
    except InvalidSignature:
        raise Wrong(f"{what} is not signed by this key") from None


def check_head(head: dict, key: Ed25519PublicKey) -> bytes:
    """The head's root, once its signature over TreeHeadDataV2 (RFC 9162, 4.10) is right."""
    root = bytes.fromhex(head["root_hash"])
    signed = struct.pack(">QQB", head["timestamp"], head["tree_size"], len(root)) + root
    check_signed(key, head["signature"], signed + b"\x00\x00", "the head")
    return root


def root_by_path(leaf: bytes, node: int, size: int, path: list[bytes]) -> bytes:
    """RFC 9162, 2.1.3.2."""
    last, root, steps = size - 1, leaf, iter(path)
    if not 0 <= node <= last:
        raise Wrong("a row has no place in the tree")
    while last:
        sibling = next(steps, None)
        if sibling is None:
            raise Wrong("the way of a row is too short")
        left = bool(node & 1 or node == last)
        root = digest(b"\x01", sibling, root) if left else digest(b"\x01", root, sibling)
        while node == last and not node & 1:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if next(steps, None) is not None:
        raise Wrong("the way of a row is too long")
    return root


def fits(row: dict, wanted: dict) -> bool:
    """Whether the search that is signed would have found this row."""
    times = wanted["since"] <= row["at"] < wanted["until"]
    action = wanted["action"] in ("", row["action"])
    told = "detail" not in wanted or tells(row, **wanted["detail"])
    return times and action and told and any(fits_all(row, each) for each in wanted["any"])


def tells(row: dict, keys: list, values: list) -> bool:
    """Whether the first of these details that the row has is one of the values."""
    details = json.loads(row["details"])
    told = [details[key] for key in keys if details.get(key) is not None]
    return bool(told) and told[0] in values


def fits_all(row: dict, condition: dict) -> bool:
    return all(
        row[name] in value if isinstance(value, list) else row[name] == value
        for name, value in condition.items()
    )


def rows_of(table: bytes) -> list[dict]:
    """The rows; an apostrophe in front only keeps spreadsheets from computing a cell."""
    lines = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    if next(lines) != FIELDS:
        raise Wrong("the columns are others")
    return [
        dict(zip(FIELDS, (cell.removeprefix("'") for cell in line), strict=True)) for line in lines
    ]


def check(table: bytes, proof: dict, public_key: str, kept: list[dict]) -> dict:
    """The manifest of a file that holds; raises Wrong."""
    key, manifest = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)), proof["manifest"]
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    check_signed(key, proof["signature"], PREFIX + text.encode(), "the search")
    if hashlib.sha256(table).hexdigest() != manifest["sha256"]:
        raise Wrong("the table is not the one that was signed")
    head, rows = manifest["head"], rows_of(table)
    root = check_head(head, key)
    if kept and head not in kept:
        raise Wrong("the witness does not have the head")
    if not len(rows) == len(proof["rows"]) == manifest["count"]:
        raise Wrong(f"there should be {manifest['count']} rows")
    if len({row["id"] for row in rows}) != len(rows):
        raise Wrong("a row stands there twice")
    for row, way in zip(rows, proof["rows"], strict=True):
        leaf = digest(b"\x00", "\x1f".join(row[name] for name in FIELDS[1:]).encode())
        path = [bytes.fromhex(step) for step in way["path"]]
        if root_by_path(leaf, way["index"], head["tree_size"], path) != root:
            raise Wrong(f"entry {row['id']} is not under the signed head")
        if not fits(row, manifest["filter"]):
            raise Wrong(f"entry {row['id']} is not what was searched for")
    return manifest


def read(path: Path) -> tuple[bytes, dict]:
    with zipfile.ZipFile(path) as file:
        if sum(each.file_size for each in file.infolist()) > LARGEST:
            raise Wrong("the file is larger than a search can be")
        return file.read("entries.csv"), json.loads(file.read("proof.json"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--public-key", required=True)
    parser.add_argument("--head", type=Path)
    given = parser.parse_args()
    lines = given.head.read_text().splitlines() if given.head else []
    try:
        kept = [json.loads(line) for line in lines if line.strip()]
        manifest = check(*read(given.file), given.public_key, kept)
    except Wrong as wrong:
        sys.exit(f"The search does not hold: {wrong}.")
    except (KeyError, TypeError, ValueError, OSError, StopIteration, zipfile.BadZipFile):
        sys.exit("The search cannot be read.")
    print("The search holds.")
    print(*(f"{name}: {manifest[name]}" for name in sorted(manifest)), sep="\n")


if __name__ == "__main__":
    main()

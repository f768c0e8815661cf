"""Check an export of D.DOPA's audit log. Needs Python 3.11 and `cryptography`, nothing of D.DOPA.

    python check_audit_export.py audit.ndjson --public-key HEX

The file may be gzipped (.gz). `--public-key` is the log's key as the portal published it: take it
from another source than the file. Ends with 0 and says what the file holds when every line is as
it was signed; with 1 and the reason when not.
"""

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = b"dopa-audit-export-1\n"


class Wrong(Exception):
    pass


def check_manifest(last: bytes, public_key: str) -> dict:
    """What the last line promises, once its signature is right."""
    whole = json.loads(last)
    manifest = whole["manifest"]
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    try:
        key.verify(bytes.fromhex(whole["signature"]), PREFIX + text.encode())
    except InvalidSignature:
        raise Wrong("the manifest is not signed by this key") from None
    return manifest


def check(path: Path, public_key: str) -> dict:
    """The manifest of a file that is whole; raises Wrong. Reads line by line."""
    digest, count, first, number, held = hashlib.sha256(), 0, "", "", None
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as lines:
        for line in lines:
            if held is not None:
                number = json.loads(held)["id"]
                first, count = first or number, count + 1
                digest.update(held)
            held = line
    if held is None:
        raise Wrong("the file is empty")
    manifest = check_manifest(held, public_key)
    found = {"count": count, "first": first, "last": number, "sha256": digest.hexdigest()}
    for name, value in found.items():
        if manifest[name] != value:
            raise Wrong(f"{name} should be {manifest[name]}, and is {value}")
    return manifest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--public-key", required=True)
    given = parser.parse_args()
    try:
        manifest = check(given.file, given.public_key)
    except Wrong as wrong:
        sys.exit(f"The export does not hold: {wrong}.")
    except (KeyError, TypeError, ValueError, OSError, EOFError):
        sys.exit("The export cannot be read.")
    print("The export holds.")
    print(*(f"{name}: {manifest[name]}" for name in sorted(manifest)), sep="\n")


if __name__ == "__main__":
    main()

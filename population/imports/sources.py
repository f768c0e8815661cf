"""Where a file to import lies: on the server's disk, or in object storage."""

import hashlib
from pathlib import Path

from population.imports.folder import import_folder
from population.imports.objects import SCHEME, S3Object

EDGE_BYTES = 2**20
Source = Path | S3Object


def source_of(text: str) -> Source:
    """What a command names: a path, or `s3://bucket/key`. Raises BadFile."""
    return S3Object.named(text) if text.startswith(SCHEME) else Path(text)


def source_named(name: str) -> Source:
    """What a run in the administration site names: a file of the import folder, or an object."""
    return S3Object.named(name) if name.startswith(SCHEME) else import_folder() / name


def size_of(source: Source) -> int:
    return source.size() if isinstance(source, S3Object) else source.stat().st_size


def fingerprint(source: Source) -> bytes:
    """Tells files apart without reading 60 million rows: the size and both ends."""
    size = size_of(source)
    digest = hashlib.blake2b(str(size).encode(), digest_size=32)
    with source.open("rb") as file:
        digest.update(file.read(EDGE_BYTES))
        file.seek(max(0, size - EDGE_BYTES))
        digest.update(file.read(EDGE_BYTES))
    return digest.digest()

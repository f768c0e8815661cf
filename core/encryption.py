"""AES-256-GCM for what is stored, keyed BLAKE2b for what is looked up.

A sealed value is `version (1) | length of key id (1) | key id | nonce (12) | ciphertext and tag
(16)`. Its context (`app.model.field:primary key`) is authenticated with it, so a value moved to
another row or column does not open. Each kind of context has its own key, derived by HKDF-SHA-256
from the ring's key, which keeps every key far below the 2^32 messages that random nonces allow
(NIST SP 800-38D).
"""

import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.keyring import KEY_BYTES, ring

VERSION = 1
NONCE_BYTES = 12
LOOKUP_BYTES = 16


class CannotOpen(Exception):
    """The value was not sealed for this context, was altered, or its key is gone."""


def seal(plain: bytes, *, context: str) -> bytes:
    """Encrypt under the current data key, bound to `context`."""
    sealed = seal_column([plain], contexts=[context.encode()], kind=_kind(context))
    return sealed.header + sealed.nonces + sealed.ciphertexts[0]


@dataclass(frozen=True)
class SealedColumn:
    """Sealed values in three parts: what all begin with, the nonces end to end, the ciphertexts
    with their tags.
    """

    header: bytes
    nonces: bytes
    ciphertexts: list[bytes]


def seal_column(plains: list[bytes], *, contexts: list[bytes], kind: str) -> SealedColumn:
    """Sealing by the million: the key is looked up once, and no Python runs between two values.

    Every context has to be of this kind.
    """
    keys = ring("data")
    key_id = keys.current.encode()
    nonces = os.urandom(NONCE_BYTES * len(plains))
    encrypt = _cipher(keys.current, kind).encrypt
    sealed = list(map(encrypt, pieces(nonces, NONCE_BYTES), plains, contexts))
    return SealedColumn(bytes([VERSION, len(key_id)]) + key_id, nonces, sealed)


def pieces(data: bytes, size: int) -> list[bytes]:
    """Cut into pieces of one size."""
    return [data[start : start + size] for start in range(0, len(data), size)]


def unseal(sealed: bytes, *, context: str) -> bytes:
    """Decrypt what `seal` made for the same context; raises CannotOpen."""
    return unseal_column([bytes(sealed)], contexts=[context.encode()], kind=_kind(context))[0]


def unseal_column(
    column: Iterable[bytes | None], *, contexts: list[bytes], kind: str
) -> list[bytes | None]:
    """The same by the thousand: all contexts are of this kind, and nothing stays nothing."""
    try:
        return [
            None if sealed is None else _open(sealed, context, kind)
            for sealed, context in zip(column, contexts, strict=True)
        ]
    except (InvalidTag, IndexError, KeyError, ValueError) as error:
        raise CannotOpen(f"cannot open a value of {kind}") from error


def _open(sealed: bytes, context: bytes, kind: str) -> bytes:
    if sealed[0] != VERSION:
        raise CannotOpen(f"unknown format {sealed[0]}")
    body = 2 + sealed[1]
    nonce, ciphertext = sealed[body : body + NONCE_BYTES], sealed[body + NONCE_BYTES :]
    return _cipher(sealed[2:body].decode(), kind).decrypt(nonce, ciphertext, context)


def lookup_key(value: str, *, kind: str) -> uuid.UUID:
    """The keyed BLAKE2b-128 of `value`, which finds it again without storing it.

    `kind` (at most 16 bytes) separates uses. It travels as a UUID because that is the one 16-byte
    value with a fixed-size type in PostgreSQL, Python and every driver between them.
    """
    return uuid.UUID(bytes=lookup_hashes([value.encode()], kind=kind)[0])


def lookup_hashes(values: Iterable[bytes], *, kind: str, size: int = LOOKUP_BYTES) -> list[bytes]:
    """The same as bytes, by the million: the key is worked in once, and nothing is called twice."""
    fresh = _keyed(kind, size).copy
    digests = []
    for value in values:
        digest = fresh()
        digest.update(value)
        digests.append(digest.digest())
    return digests


@lru_cache(maxsize=16)
def _keyed(kind: str, size: int) -> hashlib.blake2b:
    return hashlib.blake2b(key=ring("lookup").current_key, person=kind.encode(), digest_size=size)


class Jsonable(Protocol):
    """A value that JSON can hold: what `as_json` gives, `from_json` takes."""

    @classmethod
    def from_json(cls, values: dict) -> "Jsonable": ...

    def as_json(self) -> dict: ...


class SealedJSON:
    """A model attribute that reads and writes JSON through an encrypted binary column.

    `confirmed = SealedJSON("confirmed_sealed", of=Person)` binds the value to the row's primary
    key, which therefore has to be known before the first write. `of` is the value's type; without
    it the value is what JSON makes of it. `kind` is what the rows are sealed for, table and column
    where nothing is said: a table that moves keeps the name it was sealed under.
    """

    def __init__(self, column: str, *, of: type[Jsonable] | None = None, kind: str = ""):
        self.column = column
        self.of = of
        self.kind = kind

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        sealed = getattr(instance, self.column)
        if not sealed:
            return None
        value = json.loads(unseal(sealed, context=self._context(instance)))
        return self.of.from_json(value) if self.of else value

    def __set__(self, instance, value) -> None:
        if self.of is not None and value is not None:
            if not isinstance(value, self.of):
                raise TypeError(f"{self.column} holds a {self.of.__name__}")
            value = value.as_json()
        plain = None if value is None else json.dumps(value, ensure_ascii=False).encode()
        sealed = None if plain is None else seal(plain, context=self._context(instance))
        setattr(instance, self.column, sealed)

    def _context(self, instance) -> str:
        return f"{self.kind or f'{instance._meta.label_lower}.{self.column}'}:{instance.pk}"


def _kind(context: str) -> str:
    return context.partition(":")[0]


@lru_cache(maxsize=256)
def _cipher(key_id: str, kind: str) -> AESGCM:
    derivation = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=kind.encode())
    return AESGCM(derivation.derive(ring("data").keys[key_id]))

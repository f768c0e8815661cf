"""Faces as 512 bits: the signs of the vector after a secret rotation, and how to scan many of them.

Two vectors at an angle differ in each bit with probability angle / pi (Charikar 2002), which finds
what may be alike. Bits taken against the unrounded vector of the face looked for tell twice as well
(the estimate and its spread: Gao and Long, RaBitQ, 2024), which leaves a few hundred of a million
to compare in full. Both steps reach DEVIATIONS beyond what they expect at the threshold itself.
"""

import hashlib
import math
import uuid
from dataclasses import dataclass
from functools import cache

import numpy as np

from core.keyring import ring

BITS = 512
BYTES = BITS // 8
DEVIATIONS = 3.5
BLOCK = 65_536  # rows at a time, so that the work stays in the processor's cache
# As PostgreSQL writes (owner, subject, code) in a binary COPY: each value after its length.
ROW = np.dtype([
    ("values", ">i2"),
    ("owner_bytes", ">i4"), ("owner", "V16"),
    ("subject_bytes", ">i4"), ("subject", "V16"),
    ("code_bytes", ">i4"), ("code_bits", ">i4"), ("code", "u1", BYTES),
])  # fmt: skip
HEADER_BYTES, TRAILER_BYTES = 19, 2


@dataclass(frozen=True)
class Possible:
    """A face whose code says that it may be alike, and how much so (a cosine)."""

    owner: uuid.UUID
    subject: uuid.UUID
    estimate: float


@dataclass(frozen=True)
class Codes:
    """N faces: `owners` and `subjects` (V16), `words` 8 x N uint64, the bits in columns."""

    owners: np.ndarray
    subjects: np.ndarray
    words: np.ndarray

    @classmethod
    def from_copy(cls, data: bytes | bytearray) -> "Codes":
        """What `COPY (SELECT owner, subject, code ...) TO STDOUT (FORMAT binary)` gave."""
        count = (len(data) - HEADER_BYTES - TRAILER_BYTES) // ROW.itemsize
        rows = np.frombuffer(data, ROW, count, offset=HEADER_BYTES)
        words = np.ascontiguousarray(rows["code"]).view(np.uint64)
        return cls(rows["owner"].copy(), rows["subject"].copy(), np.ascontiguousarray(words.T))

    @classmethod
    def joined(cls, parts: "list[Codes]") -> "Codes":
        return cls(
            np.concatenate([part.owners for part in parts]),
            np.concatenate([part.subjects for part in parts]),
            np.concatenate([part.words for part in parts], axis=1),
        )

    def __len__(self) -> int:
        return len(self.subjects)

    def alike(self, rotated: np.ndarray, *, threshold: float) -> list[Possible]:
        """Faces whose cosine to the one with this rotated vector may reach `threshold`."""
        near = self._near(np.frombuffer(pack(rotated), np.uint64), reach(threshold))
        octets = np.ascontiguousarray(self.words[:, near].T).view(np.uint8)
        estimates = _sums(rotated)[octets + np.arange(0, BYTES * 256, 256)].sum(axis=1)
        good = np.flatnonzero(estimates >= threshold - DEVIATIONS * spread(threshold))
        return [
            Possible(
                uuid.UUID(bytes=self.owners[near[row]].tobytes()),
                uuid.UUID(bytes=self.subjects[near[row]].tobytes()),
                float(estimates[row]),
            )
            for row in good
        ]

    def _near(self, wanted: np.ndarray, most: int) -> np.ndarray:
        found = [np.empty(0, np.intp)]
        for start in range(0, len(self), BLOCK):
            words = self.words[:, start : start + BLOCK]
            apart = np.zeros(words.shape[1], np.uint16)
            for column, word in zip(words, wanted, strict=True):
                apart += np.bitwise_count(column ^ word)
            found.append(start + np.flatnonzero(apart <= most))
        return np.concatenate(found)


def _sums(rotated: np.ndarray) -> np.ndarray:
    """What each value of each of the 64 bytes of a code adds to the estimate of the cosine."""
    signs = 2.0 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) - 1
    sums = rotated.reshape(BYTES, 8) @ signs.T / math.sqrt(BITS * 2 / math.pi)
    return sums.astype(np.float32).ravel()


def reach(threshold: float) -> int:
    """The Hamming distance within which faces at least `threshold` alike lie."""
    share = math.acos(threshold) / math.pi
    return math.ceil(BITS * share + DEVIATIONS * math.sqrt(BITS * share * (1 - share)))


def spread(threshold: float) -> float:
    """The standard deviation of the estimate for faces whose cosine is `threshold`."""
    return math.sqrt((math.pi / 2 - 1) * (1 - threshold**2) / (BITS - 1))


def pack(rotated: np.ndarray) -> bytes:
    """The signs of a rotated vector, eight to a byte, the first the highest, as in `bit(512)`."""
    return np.packbits(rotated > 0).tobytes()


@cache
def rotation(key_id: str) -> np.ndarray:
    """A random rotation that only the holder of the key knows: a code alone tells nothing."""
    secret = hashlib.blake2b(b"rotation", key=ring("faces").keys[key_id]).digest()
    random = np.random.default_rng(int.from_bytes(secret))
    orthogonal, upper = np.linalg.qr(random.standard_normal((BITS, BITS)))
    return (orthogonal * np.sign(np.diag(upper))).astype(np.float32)

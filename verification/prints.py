"""What a picture is recognised by: the hash of its bytes, and 512 bits of what it looks like.

The bits are signs of the picture's coarse structure (16 x 16 cosines of the whole, the fine ones
weighted like the coarse) after a secret projection: they tell nothing without the key. Other
quality, size, light, grain or a watermark turn a few of them; another moment turns many
(docs/verification.md has the figures).
"""

import hashlib
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from core.keyring import ring
from verification.images import decode
from verification.images.arrays import Code, Floats

BITS = 512
SIDE, KEPT = 64, 16  # pixels of the small picture; how many of its cosines each way
LOOKED_AT = 640  # pixels: more of a picture need not be decoded; a frame is as it came
BANDS = 16
BAND_BITS = BITS // BANDS


@dataclass(frozen=True)
class Print:
    """`digest`: SHA-256 of the picture's bytes; `shape`: 255 float32 that its codes come from."""

    digest: bytes
    shape: Floats

    def code(self, key_id: str, *, mirrored: bool = False) -> Code:
        """512 bits as 64 uint8. Mirrored, every other column of cosines changes its sign."""
        shape = self.shape * _mirror() if mirrored else self.shape
        return np.packbits(_projection(key_id) @ shape > 0)


def print_of(picture: bytes) -> Print:
    """The print of a picture as it is kept (a clean JPEG). Raises BadImage."""
    grey = cv2.cvtColor(decode(picture, max_side=LOOKED_AT), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    shape = (cv2.dct(small)[:KEPT, :KEPT] * _weights()).ravel()[1:]
    return Print(hashlib.sha256(picture).digest(), shape)


def bands(code: Code) -> list[int]:
    """The code in 16 numbers of 32 bits, each with its place: what an index finds near codes by."""
    return [place << BAND_BITS | int(word) for place, word in enumerate(code.view(">u4"))]


def apart(one: Code, other: Code) -> int:
    """In how many of the 512 bits two codes differ."""
    return int(np.bitwise_count(one ^ other).sum())


@cache
def _weights() -> Floats:
    return np.hypot(*np.meshgrid(np.arange(KEPT), np.arange(KEPT))).astype(np.float32)


@cache
def _mirror() -> Floats:
    return np.tile(np.where(np.arange(KEPT) % 2, -1, 1), KEPT)[1:].astype(np.float32)


@cache
def _projection(key_id: str) -> Floats:
    secret = hashlib.blake2b(b"pictures seen", key=ring("faces").keys[key_id]).digest()
    random = np.random.default_rng(int.from_bytes(secret))
    return random.standard_normal((BITS, KEPT**2 - 1)).astype(np.float32)

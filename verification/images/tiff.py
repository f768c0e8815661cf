"""The first directory of a TIFF block: of EXIF, of TIFF files, of raw pictures."""

from collections.abc import Iterator
from typing import Literal

ORIENTATION_TAG = 0x0112
BYTE_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II": "little", b"MM": "big"}


def tags(block: bytes) -> Iterator[tuple[int, int]]:
    """Each tag with its value read as a short integer; none where there is no directory."""
    order = BYTE_ORDERS.get(block[:2])
    if order is None:
        return

    def number(at: int, size: int) -> int:
        return int.from_bytes(block[at : at + size], order)

    first = number(4, 4)
    for at in range(first + 2, min(first + 2 + 12 * number(first, 2), len(block)), 12):
        yield number(at, 2), number(at + 8, 2)


def orientation(exif: bytes) -> int:
    """EXIF's orientation, 1 to 8; 1 when there is none."""
    value = next((value for tag, value in tags(exif) if tag == ORIENTATION_TAG), 1)
    return value if 1 <= value <= 8 else 1  # noqa: PLR2004 - EXIF's eight orientations

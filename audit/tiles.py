"""The tree as it lies in the database: tiles of 256 hashes, read and appended to.

A tile on level n + 1 holds the roots of the full tiles on level n, so the root of any perfect
subtree is made of one tile.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from audit.merkle import HASH_BYTES, merged, root_of
from audit.models import Tile

WIDTH = 256
HEIGHT = 8  # of a tile: 2 ** 8 == WIDTH
GROW = """
    INSERT INTO audit_tile (level, number, hashes, entry_ids, first_transaction, first_entry)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (level, number) DO UPDATE SET
        hashes = audit_tile.hashes || EXCLUDED.hashes,
        entry_ids = audit_tile.entry_ids || EXCLUDED.entry_ids
    RETURNING hashes
"""


class TreeDamaged(RuntimeError):
    """The tiles are not what this portal wrote. The message names the place."""


@dataclass(frozen=True)
class Leaf:
    """An entry's place: its hash, its number, its transaction."""

    hash: bytes
    entry_id: int
    transaction_id: int


def split(raw: bytes) -> list[bytes]:
    """The hashes of a tile, one by one."""
    return [raw[start : start + HASH_BYTES] for start in range(0, len(raw), HASH_BYTES)]


class Tree:
    """The stored tree for reading. Tiles once read are kept, so do not keep the object."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], bytes] = {}

    def perfect(self, first: int, size: int) -> bytes:
        """Root of an aligned perfect subtree, 32 bytes; TreeDamaged when it is not there."""
        level, height = divmod(size.bit_length() - 1, HEIGHT)
        number, offset = divmod(first // WIDTH**level, WIDTH)
        hashes = split(self._tile(level, number))[offset : offset + (1 << height)]
        if len(hashes) != 1 << height:
            raise TreeDamaged(f"leaves {first} to {first + size - 1} are missing from the tree")
        return merged(hashes)

    def root(self, size: int) -> bytes:
        return root_of(size, self.perfect)

    def _tile(self, level: int, number: int) -> bytes:
        place = (level, number)
        if place not in self._tiles:
            found = Tile.objects.filter(level=level, number=number).values_list("hashes", flat=True)
            self._tiles[place] = bytes(found.first() or b"")
        return self._tiles[place]


def tree_size() -> int:
    """How many leaves the tree has."""
    last = Tile.objects.filter(level=0).order_by("-number").values_list("number", "hashes").first()
    return last[0] * WIDTH + len(last[1]) // HASH_BYTES if last else 0


def last_entry() -> int | None:
    """The number of the entry that is the last leaf."""
    ids = Tile.objects.filter(level=0).order_by("-number").values_list("entry_ids", flat=True)
    last = ids.first()
    return last[-1] if last else None


def append(leaves: list[Leaf], *, size: int) -> None:
    """Add leaves to the tree of `size`, inside the caller's transaction."""
    full: dict[int, bytes] = {}
    with connection.cursor() as cursor:
        for part, place in _parts(leaves, size):
            first = part[0]
            ids = [leaf.entry_id for leaf in part]
            hashes = b"".join(leaf.hash for leaf in part)
            row = (hashes, ids, first.transaction_id, first.entry_id)
            _grow(cursor, level=0, place=place, row=row, full=full)
    _raise_full(full, level=1)


def _raise_full(full: dict[int, bytes], *, level: int) -> None:
    """Hand the roots of tiles that became full to the level above, and so on up."""
    while full:
        above: dict[int, bytes] = {}
        with connection.cursor() as cursor:
            for number, root in full.items():
                _grow(cursor, level=level, place=number, row=(root, [], None, None), full=above)
        full, level = above, level + 1


# The hashes to append, the entries they are of, and the first one's transaction and number.
TileRow = tuple[bytes, list[int], int | None, int | None]


def _grow(
    cursor: CursorWrapper, *, level: int, place: int, row: TileRow, full: dict[int, bytes]
) -> None:
    """Append `row` at hash number `place` of `level`; a tile that is now full goes into `full`."""
    number, offset = divmod(place, WIDTH)
    cursor.execute(GROW, (level, number, *row))
    written = split(bytes(cursor.fetchone()[0]))
    if len(written) != offset + len(row[0]) // HASH_BYTES:
        raise TreeDamaged(f"tile {level}/{number} is not as long as it should be")
    if len(written) == WIDTH:
        full[number] = merged(written)


def _parts(leaves: list[Leaf], size: int) -> Iterator[tuple[list[Leaf], int]]:
    """The leaves cut at the borders of tiles, each part with the number of its first leaf."""
    start = 0
    while start < len(leaves):
        room = WIDTH - (size + start) % WIDTH
        yield leaves[start : start + room], size + start
        start += room

"""One walk over the whole log, in one snapshot of the database, while the portal goes on."""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction

from audit.inspection.findings import Finding, Kind
from audit.inspection.leaves import LeafInspector, Row
from audit.inspection.reading import count_placed, pending, without_place
from audit.inspection.trunk import HeadInspector, inspect_upper_tiles
from audit.merkle import merged
from audit.models import Cursor, Head
from audit.tiles import WIDTH, split, tree_size

TILES_AT_ONCE = 32
TILES = """
    SELECT number, hashes, entry_ids, first_transaction, first_entry FROM audit_tile
    WHERE level = 0 AND number >= %s AND number < %s ORDER BY number
"""


def inspect(
    *,
    start: int = 0,
    outside: Iterable[Head] = (),
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> Iterator[Finding]:
    """Everything wrong with the log, in the order of the tree; nothing when it is whole.

    `start`: the number of leaves that an earlier walk found whole (rounded down to a tile).
    `outside`: heads that witnesses kept. `progress(leaves done, leaves in all)` is called
    every 8192 leaves. The database is read in one REPEATABLE READ transaction.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from _Walk(start // WIDTH, tree_size(), outside).findings(progress)


class _Walk:
    def __init__(self, first_tile: int, size: int, outside: Iterable[Head]):
        self._first = first_tile
        self._size = size
        self._leaves = LeafInspector()
        self._heads = HeadInspector(first_tile * WIDTH, outside)
        self._roots: list[bytes] = []

    def findings(self, progress: Callable[[int, int], None]) -> Iterator[Finding]:
        end = -(-self._size // WIDTH)
        yield from self._leaves.inspect_archives()
        for number in range(self._first, end, TILES_AT_ONCE):
            tiles = _tiles(number, min(number + TILES_AT_ONCE, end))
            yield from self._leaves.inspect(tiles)
            yield from self._inspect_shape(tiles, number, end)
            progress(min((number + len(tiles)) * WIDTH, self._size), self._size)
        yield from self._heads.finish()
        yield from inspect_upper_tiles(self._roots, start=self._first)
        yield from self._beside_the_tree()

    def _inspect_shape(self, tiles: list[Row], first: int, end: int) -> Iterator[Finding]:
        """The tiles are all there, full but for the last, and make the roots that were signed."""
        for place, (number, raw, entry_ids, *_) in enumerate(tiles, first):
            hashes = split(raw)
            if number != place or len(hashes) != len(entry_ids):
                yield Finding(Kind.TREE, text=f"tile {place} is missing or broken")
            if len(hashes) != WIDTH and number != end - 1:
                yield Finding(Kind.TREE, text=f"tile {number} is not full")
            yield from self._heads.add_tile(hashes)
            if len(hashes) == WIDTH:
                self._roots.append(merged(hashes))

    def _beside_the_tree(self) -> Iterator[Finding]:
        """Entries slipped in among those that have a place, or after them."""
        place = Cursor.objects.order_by("-pk").first() or Cursor()
        expected = self._size - self._leaves.missing
        if self._first or count_placed(place) != expected:
            for entry_id in without_place(place):
                yield Finding(Kind.ADDED, entry_id=entry_id)
        for stored in pending(place):
            if not stored.is_genuine():
                yield Finding(Kind.FORGED, entry_id=stored.entry_id)


def _tiles(first: int, end: int) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(TILES, [first, end])
        rows: list[Row] = cursor.fetchall()
    return rows

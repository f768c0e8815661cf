"""Compares the leaves of the tree with the entries they stand for."""

from bisect import bisect_right
from collections.abc import Iterator

from audit.inspection.findings import Finding, Kind
from audit.inspection.reading import Stored, entries_numbered
from audit.models import Cursor, Seal
from audit.month_archives import is_signed
from audit.tiles import WIDTH, split

Row = tuple[int, bytes, list[int], int | None, int | None]  # as walk.TILES reads tiles


class LeafInspector:
    """Goes through tiles of leaves in order; remembers the place of the last entry seen."""

    def __init__(self) -> None:
        self._epochs = set(Cursor.objects.values_list("first_leaf", flat=True))
        seals = list(Seal.objects.order_by("month"))
        self._false = [seal for seal in seals if not is_signed(seal)]
        true = [seal for seal in seals if seal not in self._false]
        self._gone = sorted(place for seal in true for place in seal.leaves)
        self._previous: tuple[int, int] = (-1, -1)
        self.missing = 0

    def inspect_seals(self) -> Iterator[Finding]:
        """A seal that the portal did not sign excuses no entry that is gone."""
        for seal in self._false:
            text = f"the seal of {seal.month:%Y-%m} is not signed by this portal"
            yield Finding(Kind.SEAL, text=text)

    def inspect(self, tiles: list[Row]) -> Iterator[Finding]:
        numbers = [number for tile in tiles for number in tile[2]]
        found: dict[int, list[Stored]] = {}
        for stored in entries_numbered(numbers):
            found.setdefault(stored.entry_id, []).append(stored)
        for tile in tiles:
            yield from self._inspect_tile(tile, found)

    def _inspect_tile(self, tile: Row, found: dict[int, list[Stored]]) -> Iterator[Finding]:
        number, raw, entry_ids, *first = tile
        leaf = number * WIDTH
        for index, (expected, entry_id) in enumerate(zip(split(raw), entry_ids, strict=False)):
            stored = found.get(entry_id, ())
            if len(stored) == 1 and stored[0].hash == expected and stored[0].is_genuine():
                yield from self._inspect_order(leaf + index, stored[0])
            else:
                yield from self._explain(leaf + index, entry_id, expected, stored)
            if not index and stored and [stored[0].transaction_id, entry_id] != first:
                yield Finding(Kind.TREE, text=f"tile {number} names a wrong first entry")

    def _inspect_order(self, leaf: int, stored: Stored) -> Iterator[Finding]:
        place = stored.transaction_id, stored.entry_id
        if place <= self._previous and leaf not in self._epochs:
            yield Finding(Kind.MISPLACED, leaf, stored.entry_id)
        self._previous = place

    def _explain(
        self, leaf: int, entry_id: int, expected: bytes, stored: list[Stored]
    ) -> Iterator[Finding]:
        if not stored:
            self.missing += 1
            if not self._was_sealed(leaf):
                yield Finding(Kind.REMOVED, leaf, entry_id)
            return
        same = [one for one in stored if one.hash == expected]
        for _ in stored[1:]:
            yield Finding(Kind.ADDED, leaf, entry_id, "is there more than once")
        genuine = (same or stored)[0].is_genuine()
        if same and not genuine:
            yield Finding(Kind.FORGED, leaf, entry_id)
        elif not same:
            yield Finding(Kind.MISPLACED if genuine else Kind.CHANGED, leaf, entry_id)

    def _was_sealed(self, leaf: int) -> bool:
        """Whether the leaf lies in a range, first to end, that left the database with a seal."""
        return bisect_right(self._gone, leaf) % 2 == 1

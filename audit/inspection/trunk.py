"""Compares the tree that the leaves make with the signed heads and with its own upper tiles."""

from collections.abc import Iterable, Iterator
from heapq import merge

from audit.heads import is_signed
from audit.inspection.findings import Finding, Kind
from audit.merkle import Frontier, merged
from audit.models import Head, Tile
from audit.tiles import WIDTH, Tree, split


class HeadInspector:
    """Takes the leaves' hashes in order; looks at each head when the tree has its size."""

    def __init__(self, start: int, outside: Iterable[Head]):
        kept = Head.objects.filter(tree_size__gte=start).order_by("tree_size", "pk").iterator()
        brought = sorted(outside, key=_size)
        self._heads = merge(kept, (head for head in brought if _size(head) >= start), key=_size)
        self._next = next(self._heads, None)
        self._frontier = Frontier(start, Tree().perfect)
        self._trusted = start
        self._diverged = False

    def add_tile(self, hashes: list[bytes]) -> Iterator[Finding]:
        """The hashes of the next tile, full or not."""
        size = self._frontier.size + len(hashes)
        if len(hashes) == WIDTH and not (self._next and self._next.tree_size < size):
            self._frontier.add_perfect(merged(hashes), WIDTH)
            yield from self._look()
            return
        for one in hashes:
            self._frontier.add(one)
            yield from self._look()

    def finish(self) -> Iterator[Finding]:
        """The heads that are larger than the tree."""
        size = self._frontier.size
        while self._next:
            text = f"the log ends after {size} leaves, a head has {self._next.tree_size}"
            yield Finding(Kind.CUT, leaf=size, text=text)
            self._next = next(self._heads, None)

    def _look(self) -> Iterator[Finding]:
        while self._next and self._next.tree_size == self._frontier.size:
            yield from self._compare(self._next)
            self._next = next(self._heads, None)

    def _compare(self, head: Head) -> Iterator[Finding]:
        size = head.tree_size
        if not is_signed(head):
            yield Finding(Kind.HEAD, text=f"the head of {size} leaves is not signed by this portal")
        elif bytes(head.root_hash) == self._frontier.root():
            self._trusted = size
        elif not self._diverged:
            # Every later head differs for the same reason.
            self._diverged = True
            text = f"leaves {self._trusted} to {size - 1} are not those that were signed"
            yield Finding(Kind.HEAD, leaf=self._trusted, text=text)


def _size(head: Head) -> int:
    return head.tree_size


def inspect_upper_tiles(roots: list[bytes], *, start: int) -> Iterator[Finding]:
    """`roots` are those of the full tiles of leaves from tile number `start` on."""
    level, first = 1, start
    while roots:
        stored = _hashes_on(level, first)
        if stored != roots:
            yield Finding(Kind.TREE, text=f"level {level} does not fit the level below")
            return
        first, level = -(-first // WIDTH), level + 1
        roots = _roots_of_full_tiles(level - 1, first)


def _hashes_on(level: int, first: int) -> list[bytes]:
    tiles = Tile.objects.filter(level=level, number__gte=first // WIDTH).order_by("number")
    raw = b"".join(bytes(one) for one in tiles.values_list("hashes", flat=True))
    return split(raw)[first % WIDTH :]


def _roots_of_full_tiles(level: int, first: int) -> list[bytes]:
    tiles = Tile.objects.filter(level=level, number__gte=first).order_by("number")
    hashes = (split(bytes(one)) for one in tiles.values_list("hashes", flat=True))
    return [merged(one) for one in hashes if len(one) == WIDTH]

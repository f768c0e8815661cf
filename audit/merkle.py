"""The Merkle tree of RFC 9162, section 2.1: hashes, proofs, and their checks. No database here.

Functions over a tree take `perfect(first, size)`: the root of the leaves `first..first+size-1`,
where `size` is a power of two and `first` a multiple of it. Every hash is 32 bytes (SHA-256).
"""

import hashlib
from collections.abc import Callable

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()
Perfect = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def merged(hashes: list[bytes]) -> bytes:
    """The root of a perfect tree over `hashes`; their number is a power of two."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]


def root_of(size: int, perfect: Perfect) -> bytes:
    """MTH of the first `size` leaves (RFC 9162, 2.1.1)."""
    return _range_hash(0, size, perfect) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, perfect: Perfect) -> list[bytes]:
    """PATH(index, D_size) of RFC 9162, 2.1.3.1; ValueError unless `index` < `size`."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    first, path = 0, []
    while size > 1:
        left = _split(size)
        if index < first + left:
            path.append(_range_hash(first + left, size - left, perfect))
            size = left
        else:
            path.append(_range_hash(first, left, perfect))
            first, size = first + left, size - left
    return path[::-1]


def consistency_path(old: int, size: int, perfect: Perfect) -> list[bytes]:
    """PROOF(old, D_size) of RFC 9162, 2.1.4.1; ValueError unless 0 < `old` <= `size`."""
    if not 0 < old <= size:
        raise ValueError(f"no proof from a tree of {old} to one of {size}")
    first, path = 0, []
    while first + size > old:
        left = _split(size)
        if old <= first + left:
            path.append(_range_hash(first + left, size - left, perfect))
            size = left
        else:
            path.append(_range_hash(first, left, perfect))
            first, size = first + left, size - left
    if first:
        path.append(_range_hash(first, size, perfect))
    return path[::-1]


def includes(root: bytes, size: int, index: int, leaf: bytes, path: list[bytes]) -> bool:
    """Whether `path` proves that the hash `leaf` is leaf `index` under `root` (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    sides = _sides(index, size - 1, len(path))
    if sides is None:
        return False
    for sibling, on_the_left in zip(path, sides, strict=True):
        leaf = node_hash(sibling, leaf) if on_the_left else node_hash(leaf, sibling)
    return leaf == root


def extends(old_root: bytes, old: int, root: bytes, size: int, path: list[bytes]) -> bool:
    """Whether `path` proves that the tree of `size` begins with the tree of `old` (2.1.4.2)."""
    if old == size:
        return not path and old_root == root
    if not 0 < old < size or not path:
        return False
    whole = old & -old  # the size of the last perfect subtree of the old tree
    if whole == old:
        path = [old_root, *path]
    sides = _sides((old - 1) // whole, (size - 1) // whole, len(path) - 1)
    if sides is None:
        return False
    before = after = path[0]
    for sibling, on_the_left in zip(path[1:], sides, strict=True):
        if on_the_left:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
        else:
            after = node_hash(after, sibling)
    return before == old_root and after == root


def _sides(node: int, last: int, steps: int) -> list[bool] | None:
    """Whether each sibling on the way from `node` up stands on the left; None if not `steps`.

    `last` is the number of the last node on the same level.
    """
    sides = []
    while last:
        on_the_left = bool(node & 1 or node == last)
        while node == last and not node & 1:
            node, last = node >> 1, last >> 1
        sides.append(on_the_left)
        node, last = node >> 1, last >> 1
    return sides if len(sides) == steps else None


def _unknown(first: int, size: int) -> bytes:
    raise ValueError(f"nothing says what the {size} leaves from {first} on are")


class Frontier:
    """A tree that only grows: the roots of its perfect subtrees, largest first."""

    def __init__(self, size: int = 0, perfect: Perfect = _unknown):
        self.size = size
        self._peaks: list[bytes] = []
        first = 0
        for height in reversed(range(size.bit_length())):
            if size >> height & 1:
                self._peaks.append(perfect(first, 1 << height))
                first += 1 << height

    def add(self, leaf: bytes) -> None:
        self.add_perfect(leaf, 1)

    def add_perfect(self, root: bytes, size: int) -> None:
        """Append a perfect subtree of `size` leaves where it is aligned: as one step."""
        place = self.size // size
        while place & 1:
            root = node_hash(self._peaks.pop(), root)
            place >>= 1
        self._peaks.append(root)
        self.size += size

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(first: int, size: int, perfect: Perfect) -> bytes:
    if size & (size - 1) == 0:
        return perfect(first, size)
    left = _split(size)
    return node_hash(perfect(first, left), _range_hash(first + left, size - left, perfect))

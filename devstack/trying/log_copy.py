"""A copy of the newest entries of the log, to change something in: the proofs find it.

What is changed is the copy's text alone. The heads, the paths and the sums are the log's own.
"""

import datetime
from dataclasses import dataclass

from audit.actions import Action
from audit.canonical import FIELDS, SEPARATOR
from audit.merkle import includes, leaf_hash
from audit.models import Entry, Head, Tile
from audit.proofs import prove_entry
from audit.tiles import WIDTH

SHOWN = 12


@dataclass(frozen=True)
class Copied:
    """An entry of the copy. `action` is what it says there, `holds` whether its proof holds."""

    number: int
    at: datetime.datetime
    action: str
    changed: bool
    holds: bool

    @property
    def words(self) -> str:
        return str(Action(self.action).label)


def copied(changed: int | None) -> list[Copied]:
    """The newest entries that a signed head covers; the one numbered `changed` tells a lie, and
    stays in the copy however many come after it.
    """
    head = Head.objects.order_by("-tree_size").first()
    numbers = [_entry_at(place) for place in _newest(head.tree_size if head else 0)]
    if changed is not None and changed not in numbers and Entry.objects.filter(pk=changed):
        numbers[-1:] = [changed]
    entries = Entry.objects.in_bulk(numbers)
    return [_copied(entries[number], lie=number == changed) for number in numbers]


def _newest(size: int) -> range:
    return range(size - 1, max(-1, size - 1 - SHOWN), -1)


def _entry_at(place: int) -> int:
    """The number of the entry that is this leaf of the tree."""
    tile = Tile.objects.get(level=0, number=place // WIDTH)
    return int(tile.entry_ids[place % WIDTH])


def _copied(entry: Entry, *, lie: bool) -> Copied:
    proof = prove_entry(entry)
    leaf = _lying(proof["leaf"]) if lie else proof["leaf"]
    path = [bytes.fromhex(step) for step in proof["inclusion_path"]]
    root, size = bytes.fromhex(proof["head"]["root_hash"]), proof["head"]["tree_size"]
    holds = includes(root, size, proof["leaf_index"], leaf_hash(leaf.encode()), path)
    return Copied(entry.pk, entry.at, _values(leaf)["action"], lie, holds)


def _values(leaf: str) -> dict[str, str]:
    return dict(zip(("format", *FIELDS), leaf.split(SEPARATOR), strict=True))


def _lying(leaf: str) -> str:
    """An approval where there was something else, and nothing where there was an approval."""
    values = _values(leaf)
    approved = Action.APPROVE.value
    values["action"] = Action.REJECT.value if values["action"] == approved else approved
    return SEPARATOR.join(values.values())

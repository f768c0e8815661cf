from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MISPLACED = "misplaced"
    FORGED = "forged"
    CUT = "cut"
    HEAD = "head"
    TREE = "tree"
    ARCHIVE = "archive"


MEANING = {
    Kind.CHANGED: "is not what was written",
    Kind.REMOVED: "is gone",
    Kind.ADDED: "has no place in the tree",
    Kind.MISPLACED: "is genuine, but does not belong here",
    Kind.FORGED: "was not written by this portal as it is",
}


@dataclass(frozen=True)
class Finding:
    """Something wrong. `leaf` counts from 0; both numbers are None where they do not apply."""

    kind: Kind
    leaf: int | None = None
    entry_id: int | None = None
    text: str = ""

    def __str__(self) -> str:
        if self.kind not in MEANING:
            return f"{self.kind}: {self.text}"
        where = "" if self.leaf is None else f" at leaf {self.leaf}"
        return f"{self.kind}: entry {self.entry_id}{where} {self.text or MEANING[self.kind]}"

"""How far a walk came: kept in a file beside the database, as the database is what is doubted."""

import json
from pathlib import Path

from audit.tiles import WIDTH, Tree, TreeDamaged

BAR = 40


class Kept:
    """The number of leaves found whole and the root they make, in `path`."""

    def __init__(self, path: Path):
        self._path = path

    def note(self, leaves: int) -> None:
        """Keep that the first `leaves`, whole tiles of them, are as they should be."""
        whole = leaves // WIDTH * WIDTH
        if not whole:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".part")
        draft.write_text(json.dumps({"leaves": whole, "root": Tree().root(whole).hex()}))
        draft.replace(self._path)

    def start(self) -> int:
        """Where to go on; 0 when nothing is kept, or the tree no longer begins as it did then."""
        try:
            kept = json.loads(self._path.read_text())
            leaves, root = int(kept["leaves"]), bytes.fromhex(kept["root"])
            return leaves if leaves > 0 and Tree().root(leaves) == root else 0
        except (OSError, ValueError, KeyError, TypeError, TreeDamaged):
            return 0

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)


def bar(done: int, size: int) -> str:
    return f"[{'#' * (BAR * done // max(size, 1)):<{BAR}}] {done} of {size}"

"""Go through the drills, or the one that is named, and print what each lost, took and left to see.

python -m devstack.drill [NAME]
"""

import sys
from collections.abc import Callable

from devstack.drill import (
    backup,
    clock,
    disk,
    failover,
    logical,
    mistake,
    rotation,
    store,
    upgrade,
)
from devstack.drill.outcome import Outcome, Promise
from devstack.drill.site import Site, own_site

DRILLS: dict[str, tuple[str, Callable[[Site], Outcome], Promise]] = {
    "backup": (
        "The database's machine is lost; a base backup and the streamed WAL are restored",
        backup.drill,
        Promise(lost=1, back=60),
    ),
    "mistake": (
        "Somebody empties a table; it is taken out of a copy restored to the moment before",
        mistake.drill,
        Promise(lost=0, back=60),
    ),
    "failover": (
        "The database's machine is lost; its replica takes over",
        failover.drill,
        Promise(lost=1, back=30),
    ),
    "logical": (
        "The cluster is lost; a dump, some seconds old, is restored into another",
        logical.drill,
        Promise(lost=logical.DUMP_EVERY, back=120, sees="Adopted "),
    ),
    "rotation": (
        "All keys but that of look-ups are rotated; the processes start anew",
        rotation.drill,
        Promise(lost=0, back=60),
    ),
    "store": (
        "One of two web servers dies, then the bucket that they share is gone for six seconds",
        store.drill,
        Promise(lost=0, back=60),
    ),
    "disk": (
        "The database's disk is full, then somebody makes room",
        disk.drill,
        Promise(lost=0, back=60),
    ),
    "clock": (
        "The clock is set two hours back, then a day ahead, then right",
        clock.drill,
        Promise(lost=0, back=60),
    ),
    "upgrade": (
        "The last release becomes this one, and for a while again the last, while people register",
        upgrade.drill,
        Promise(lost=0, back=60),
    ),
}


def carry_out(name: str) -> Outcome:
    """One drill, at a site of its own."""
    with own_site() as site:
        return DRILLS[name][1](site)


def main(names: list[str]) -> int:
    unknown = set(names) - set(DRILLS)
    if unknown:
        print(f"There is no drill {', '.join(unknown)}, only {', '.join(DRILLS)}", file=sys.stderr)
        return 2
    broken = 0
    for name in names or DRILLS:
        what, _drill, promise = DRILLS[name]
        outcome = carry_out(name)
        kept = outcome.keeps(promise)
        broken += not kept
        told = "kept" if kept else "BROKEN"
        print(f"{name}: {what}\n{outcome}\n  promise  {promise}: {told}\n", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

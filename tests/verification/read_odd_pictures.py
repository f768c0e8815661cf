"""Two steps of the portal over files, each step in a process of its own, as there.

python -m tests.verification.read_odd_pictures keep FILES CLEAN   # what a page does with an upload
python -m tests.verification.read_odd_pictures read CLEAN         # what a worker does with it

Prints what became of them, time and memory, as JSON. The decoder's own memory is bounded there.
"""

import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from verification.cards import read_back, read_front
from verification.images import BadImage, decode, reencode


def keep(path: Path, clean: Path) -> str:
    try:
        (clean / path.name).write_bytes(reencode(path.read_bytes()))
    except BadImage as error:
        return error.code
    return "kept"


def read(path: Path) -> str:
    """Front and back take turns."""
    side = (read_front, read_back)[int(path.name) % 2](decode(path.read_bytes()))
    return "read" if side.fields else "no card in the picture"


def became(step: Callable[..., str], folder: Path, *to: Path) -> Iterator[tuple[str, float]]:
    for path in sorted(folder.iterdir()):
        began = time.perf_counter()
        yield step(path, *to), time.perf_counter() - began


def peak() -> int:
    """MiB taken at most by this process; getrusage counts those of whoever started it, too."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024


def main(name: str, *folders: Path) -> dict:
    ends = list(became({"keep": keep, "read": read}[name], *folders))
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "became": dict(Counter(end for end, _seconds in ends)),
        "slowest": round(max(seconds for _end, seconds in ends), 2),
        "CPU seconds": round(sum(one.ru_utime for one in used)),
        "MiB": peak(),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], *(Path(word) for word in sys.argv[2:]))))

"""Decodes each file of a folder and reads it as a card; prints what became of them, as JSON."""

import json
import resource
import sys
import time
from collections import Counter
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from verification.cards import read_back, read_front
from verification.images import BadImage, decode, reencode


def main(folder: Path) -> dict:
    """As the portal does it: kept as a clean JPEG, then read; front and back take turns. What the
    decoder in its own process takes is bounded there, and not counted here.
    """
    became, decoding, reading = Counter(), [0.0], [0.0]
    for number, path in enumerate(sorted(folder.iterdir())):
        began = time.perf_counter()
        try:
            picture = decode(reencode(path.read_bytes()))
        except BadImage as error:
            became[error.code] += 1
            continue
        finally:
            decoding.append(time.perf_counter() - began)
        began = time.perf_counter()
        side = (read_front, read_back)[number % 2](picture)
        reading.append(time.perf_counter() - began)
        became["read" if side.fields else "no card in the picture"] += 1
    here = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "became": dict(became),
        "slowest": {"decoding": round(max(decoding), 2), "reading": round(max(reading), 2)},
        "seconds": {"decoding": round(sum(decoding)), "reading": round(sum(reading))},
        "CPU": round(here.ru_utime + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime),
        "MiB": here.ru_maxrss // 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))

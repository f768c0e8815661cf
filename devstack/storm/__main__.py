"""`make storm`: kills at random under citizens, and what an independent checker found broken.

python -m devstack.embedded exec --throwaway -- python -m devstack.storm [FAULTS] [SEED] [CITIZENS]

The same seed strikes with the same faults in the same order, and brings the same people; what runs
at that moment is chance. Progress goes to stderr, the table to stdout; after an interrupt
(SIGINT) no more faults strike, and the table is of those until then. Linux only.
"""

import random
import shutil
import signal
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from devstack.storm.campaign import Seen, run
from devstack.storm.report import told

CITIZENS = "3"  # at a time, where nobody says


def main(faults: int, seed: int, citizens: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="dopa-storm-"))
    print(f"{faults} faults, seed {seed}, in {folder}", file=sys.stderr)
    seen = Seen(seed, citizens)
    signal.signal(signal.SIGINT, lambda *_: seen.enough.set())
    run(folder, seen, faults=faults, say=say)
    print(told(seen))
    if seen.is_whole:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if seen.is_whole else 1


def say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    draw = str(random.SystemRandom().randrange(10**6))
    unsaid = ["1000", draw, CITIZENS]
    chosen = [said or other for said, other in zip_longest(sys.argv[1:], unsaid)]
    sys.exit(main(*map(int, chosen)))

"""`make storm`: kills at random under citizens, and what an independent checker found broken.

python -m devstack.embedded exec --throwaway -- python -m devstack.storm [FAULTS] [SEED]

The same seed strikes with the same faults in the same order, and brings the same people; what runs
at that moment is chance. Progress goes to stderr, the table to stdout. Linux only.
"""

import random
import shutil
import sys
import tempfile
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from devstack.storm.campaign import run
from devstack.storm.report import told


def main(faults: int, seed: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="dopa-storm-"))
    print(f"{faults} faults, seed {seed}, in {folder}", file=sys.stderr)
    seen = run(folder, faults=faults, seed=seed, say=lambda line: print(line, file=sys.stderr))
    print(told(seen))
    if seen.is_whole:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if seen.is_whole else 1


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:] if word]
    draw = random.SystemRandom().randrange(10**6)
    sys.exit(main(*[*chosen, *[1000, draw][len(chosen) :]]))

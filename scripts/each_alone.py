"""Run every test file by itself: one that leans on what another has left behind fails here.

python -m devstack.embedded exec --throwaway -- python scripts/each_alone.py [PATH ...]

The servers are the same for all; the test database, the folder of files and the order are not.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "--quiet", "--no-header"]


def main(paths: list[str]) -> int:
    """How many files failed, as an exit code."""
    files = [file for path in paths or ["tests"] for file in test_files(ROOT / path)]
    failed = [file for number, file in enumerate(files) if not passes(file, number)]
    print(f"{len(files) - len(failed)} of {len(files)} files pass alone.", *failed, sep="\n")
    return 1 if failed or not files else 0


def test_files(path: Path) -> list[Path]:
    return sorted(path.rglob("test_*.py")) if path.is_dir() else [path]


def passes(file: Path, number: int) -> bool:
    folder = Path(os.environ["DOPA_VAR_DIR"]) / f"alone-{number}"
    folder.mkdir()
    started = time.monotonic()
    run = subprocess.run(
        [*PYTEST, file],
        env=os.environ | {"DOPA_VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    end = run.stdout.strip().rpartition("\n")[2]
    print(f"{file.relative_to(ROOT)}: {end}, {time.monotonic() - started:.0f} s in all", flush=True)
    if run.returncode:
        print(run.stdout, run.stderr, flush=True)
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

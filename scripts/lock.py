"""Pin versions and hashes: requirements*.in -> requirements*.txt.

python scripts/lock.py            # what is new gets a version, the rest keeps its own
python scripts/lock.py --upgrade  # every version anew
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
COMPILE = ["--quiet", "--python-version=3.11.0", "--generate-hashes", "--no-header"]
LISTS = (
    ("requirements-uv",),
    ("requirements",),
    ("requirements-dev",),
    ("requirements-tools",),
    ("devstack/bench/peer/requirements", "--no-deps"),
    ("devstack/bench/card_peer/requirements", "--no-deps"),
)


def main(options: list[str]) -> None:
    for name, *more in LISTS:
        command = [
            UV,
            "pip",
            "compile",
            *COMPILE,
            *more,
            *options,
            f"{name}.in",
            "-o",
            f"{name}.txt",
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"Wrote {name}.txt")


if __name__ == "__main__":
    main(sys.argv[1:])

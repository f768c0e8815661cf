"""Pin every version and hash anew: requirements*.in -> requirements*.txt.

The compiler lives in a throw-away environment, so the portal does not depend on it.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["--python-version=3.11.0", "--generate-hashes", "--no-header", "--upgrade"]

LISTS = (
    ("requirements",),
    ("requirements-dev",),
    ("devstack/bench/peer/requirements", "--no-deps"),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dopa-lock-") as folder:
        venv.create(folder, with_pip=True)
        programs = Path(folder) / "bin"
        subprocess.run([programs / "pip", "install", "--quiet", "uv"], check=True)
        for name, *more in LISTS:
            subprocess.run(
                [programs / "uv", "pip", "compile", *COMPILE, *more, f"{name}.in", "-o",
                 f"{name}.txt"],
                cwd=ROOT, stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            print(f"Wrote {name}.txt")


if __name__ == "__main__":
    sys.exit(main())

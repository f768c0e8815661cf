"""The programs others wrote that the benchmarks measure against, each installed for one run."""

import json
import os
import subprocess
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def peer_python(peer: Path) -> Iterator[Path]:
    """The interpreter of an environment with what the folder's requirements.txt pins, by hash."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        install = ["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        wanted = peer / "requirements.txt"
        subprocess.run([python, *install, "--requirement", wanted], check=True)
        yield python


def told(python: Path, script: Path, *arguments: Path) -> list[dict]:
    """The JSON that a peer's script prints."""
    done = subprocess.run(
        [python, script, *arguments], check=True, capture_output=True,
        env={name: os.environ[name] for name in ("PATH", "OMP_THREAD_LIMIT") if name in os.environ},
    )  # fmt: skip
    return json.loads(done.stdout)

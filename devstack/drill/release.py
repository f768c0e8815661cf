"""A release of the portal: its code in a folder, and a Python that has what it needs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devstack.embedded.paths import ROOT

LAST = "tests/upgrade/released.sql.gz"  # written at the release, so the commit before holds it
PINNED = ("requirements.txt", "requirements-dev.txt", "requirements-uv.txt")
FETCHED = ("models", "static/vendor")


class NoRelease(Exception):
    """The release to come from cannot be had; says why."""


@dataclass(frozen=True)
class Release:
    folder: Path
    python: str

    @classmethod
    def here(cls) -> "Release":
        return cls(ROOT, sys.executable)

    @classmethod
    def of(cls, commit: str, folder: Path) -> "Release":
        """As `commit` has it, with all that `make setup` gives it there. Where it pins what we do,
        our packages are its own.
        """
        folder.mkdir(parents=True)
        packed = _git("archive", "--format=tar", commit)
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        for name in FETCHED:
            shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
        if all((folder / name).read_bytes() == (ROOT / name).read_bytes() for name in PINNED):
            (folder / ".venv").symlink_to(Path(sys.prefix).resolve())
        made = subprocess.run(
            ["make", "-s", "setup"], cwd=folder, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise NoRelease(f"`make setup` of {commit} failed:\n{made.stdout}{made.stderr}")
        return cls(folder, str(folder / ".venv" / "bin" / "python"))

    def command(self, ours: Sequence[str]) -> list[str]:
        """The same command by this release's Python; it is to be started in its folder."""
        return [self.python, *ours[1:]]


def last_release() -> str:
    """The commit of the last release, or the one that the environment names (UPGRADE_FROM)."""
    if named := os.environ.get("UPGRADE_FROM"):
        return named
    noted = _git("log", "-1", "--format=%H", "--", LAST).decode().strip()
    if not noted:
        raise NoRelease("No commit wrote the last release: name the one to come from, FROM=...")
    return f"{noted}~1"


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise NoRelease(f"git {arguments[0]} failed: {done.stderr.decode().strip()}")
    return done.stdout

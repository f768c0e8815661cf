"""A disk that can be full: a file system in memory, seen by this process and its children alone."""

import ctypes
import os
from pathlib import Path

from devstack.embedded.account import open_way
from devstack.embedded.child import ChildFailed

LIBC = ctypes.CDLL(None, use_errno=True)
NEW_MOUNTS, PRIVATE, DETACHED = 0x20000, 0x44000, 2  # CLONE_NEWNS, MS_REC | MS_PRIVATE, MNT_DETACH
CHUNK = bytes(2**20)
HOW = (
    "A small disk needs the right to mount one. Whoever is not root has it behind"
    " `unshare --user --map-current-user --keep-caps --mount`."
)


class SmallDisk:
    """Of so many MiB, at `folder`; raises ChildFailed where nobody may mount."""

    def __init__(self, folder: Path, mebibytes: int) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"
        folder.mkdir()
        size = f"size={mebibytes}m,mode=0711".encode()
        _call(LIBC.unshare, NEW_MOUNTS)  # it is gone with the last process that sees it
        _call(LIBC.mount, b"none", b"/", None, PRIVATE, None)
        _call(LIBC.mount, b"none", bytes(folder), b"tmpfs", 0, size)
        if os.geteuid() == 0:
            open_way(folder)

    def fill(self) -> None:
        """To the last byte."""
        with self.ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(CHUNK)
            except OSError:
                return

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def release(self) -> None:
        LIBC.umount2(bytes(self.folder), DETACHED)


def _call(function: "ctypes._FuncPointer", *arguments: object) -> None:
    if function(*arguments) != 0:
        raise ChildFailed(f"{HOW} ({os.strerror(ctypes.get_errno())})")

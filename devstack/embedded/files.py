"""Small files that hold secrets or say who is running."""

import fcntl
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path


def replace_private(path: Path, content: str | bytes) -> None:
    """Write for the owner's eyes only; a reader sees the old file or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    with os.fdopen(handle, "wb") as part:
        part.write(content.encode() if isinstance(content, str) else content)
    Path(name).replace(path)


def made_once(path: Path, text: str) -> str:
    """The content of `path`, which becomes `text` if no process wrote it before."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w") as part:
            part.write(text)
        with suppress(FileExistsError):  # of several processes the first one's text counts
            os.link(name, path)
        Path(name).unlink()
    return path.read_text()


class Lock:
    """A file lock: the kernel lifts it when the last process that holds it is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = -1

    def take(self, *, patience: float = 0.0) -> bool:
        """Try for `patience` seconds; the number of the holder's process is left in the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        deadline = time.monotonic() + patience
        while not _locked(descriptor):
            if time.monotonic() >= deadline:
                os.close(descriptor)
                return False
            time.sleep(0.05)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self.descriptor = descriptor
        return True

    def release(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def holder(self) -> int | None:
        """The process that holds it, or None when nobody does."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(os.pread(descriptor, 20, 0) or 0)
        else:
            return None
        finally:
            os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

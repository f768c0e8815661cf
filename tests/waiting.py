"""Waiting for what another process or thread does when it comes to it."""

import time
from collections.abc import Callable


def eventually(holds: Callable[[], object], *, within: float = 10.0) -> bool:
    """Whether it came to hold within so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True

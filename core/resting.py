"""A service that hangs costs one wait, and not one of everybody who asks."""

import time


class Rest:
    """After a wait in vain nobody of this process asks for so many seconds, in any thread."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = 0.0

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def begin(self) -> None:
        self._until = time.monotonic() + self.seconds

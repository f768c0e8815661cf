"""How much the portal is being asked, counted in Redis, so that an import elsewhere can yield."""

import threading
import time
from contextlib import suppress

from django.core.cache import cache

WINDOW_SECONDS = 2
TOLD_EVERY_SECONDS = 0.5  # a process tells its count so often, and not at each request
_lock = threading.Lock()
_untold, _told_at = 0, 0.0


def note_request() -> None:
    """Count one more answer. Without Redis nobody learns of it."""
    global _untold, _told_at  # noqa: PLW0603 - a process has one count
    with _lock:
        _untold += 1
        now = time.time()
        if now - _told_at < TOLD_EVERY_SECONDS:
            return
        count, _untold, _told_at = _untold, 0, now
    key = _key(now)
    cache.add(key, 0, timeout=5 * WINDOW_SECONDS)
    with suppress(ValueError):  # it is a hint for imports, and the next second brings another
        cache.incr(key, count)


def requests_a_second() -> float:
    """Of the last whole window, all machines together; 0 without Redis."""
    count: int = cache.get(_key(time.time() - WINDOW_SECONDS), 0)
    return count / WINDOW_SECONDS


def _key(moment: float) -> str:
    return f"request-rate:{int(moment // WINDOW_SECONDS)}"

"""What all who watch see alike is drawn once in a moment, and not at each look of each of them: a
page of figures asks for a dozen sums, and the tiles are fetched anew every two seconds.

Each process keeps its own. A key names all that the figures depend on: who may be told small
numbers of an office, too (dashboards.privacy).
"""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

from offices.models import Officer

T = TypeVar("T")
Key = tuple[object, ...]
AT_MOST = 64  # then all begin anew
_kept: dict[Key, tuple[float, Any]] = {}
_making: dict[Key, Lock] = {}


def kept(key: Key, make: Callable[[], T]) -> T:
    """What `make` gave within FIGURES_KEPT_FOR, or gives now: once, for all who ask meanwhile.
    Nobody may change it.
    """
    with _making.setdefault(key, Lock()):
        since, made = _kept.get(key, (0.0, None))
        if key in _kept and time.monotonic() - since < settings.FIGURES_KEPT_FOR.total_seconds():
            return made  # type: ignore[no-any-return]  # of the same key, so of the same `make`
        fresh = make()
        if len(_kept) >= AT_MOST:
            _kept.clear()
            _making.clear()
        # From now on, not from when it was begun: those who waited would each make it again.
        _kept[key] = (time.monotonic(), fresh)
        return fresh


def reach_of(officer: Officer) -> Key:
    """What decides on the small numbers that an officer may be told."""
    return officer.role, officer.office_id

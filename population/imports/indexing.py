"""Builds the keys of a run's partitions side by side: PostgreSQL works, this only waits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial

from django.db import connection

from population.imports import staging
from population.imports.throttling import portal_is_busy
from population.models import ImportRun


def index_parts(run: ImportRun, *, workers: int, should_stop: Callable[[], bool]) -> bool:
    """Whether all partitions have their key; with 0 workers one after the other until the time is
    up.
    """
    parts = range(staging.PARTITIONS)
    if workers == 0:
        return not any(staging.index_part(run, part) and should_stop() for part in parts)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(partial(_index_beside, run, alone=threading.Lock()), parts))
    return True


def _index_beside(run: ImportRun, part: int, *, alone: threading.Lock) -> None:
    """Each thread has a connection of its own, which nobody else would close; one thread works
    while the portal is busy.
    """
    try:
        with alone if portal_is_busy() else nullcontext():
            staging.index_part(run, part)
    finally:
        connection.close()

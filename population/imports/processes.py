"""How a worker process of an import begins. It imports no model: Django is not set up yet."""

import multiprocessing
import os
import threading

import django

NICENESS = 19  # citizens and officers come first


def be_worker() -> None:
    """A fresh process: its own settings, its own connection, last in the queue for the CPU."""
    os.nice(NICENESS)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    django.setup()


def _leave_with_parent() -> None:
    """An importer killed outright tells its workers nothing: they would wait for ever."""
    multiprocessing.parent_process().join()
    os._exit(1)

"""How a worker process of an import begins. It imports no model: Django is not set up yet."""

import os

import django

NICENESS = 10  # citizens and officers come first


def be_worker() -> None:
    """A fresh process: its own settings, its own connection, last in the queue for the CPU."""
    os.nice(NICENESS)
    django.setup()

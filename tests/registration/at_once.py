"""Two worker processes that do one job each at the same moment, on the test's own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from core.outbox.services import run
from devstack.embedded.paths import ROOT

SERVE = "from tests.registration.at_once import serve; serve()"


def serve() -> None:
    """In the worker's process: a job's id in each line, and a line back when it is done."""
    print("ready", flush=True)
    for line in sys.stdin:
        run(int(line))
        print("done", flush=True)


@contextmanager
def two_workers() -> Iterator[list[subprocess.Popen]]:
    address = urlsplit(os.environ["DATABASE_URL"])
    own = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    workers = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "-c", SERVE],
            env=os.environ | {"DATABASE_URL": own},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        wait(workers)
        yield workers
    finally:
        for worker in workers:
            with worker:
                worker.stdin.close()


def wait(workers: list[subprocess.Popen]) -> None:
    for worker in workers:
        assert worker.stdout.readline().strip() in {"ready", "done"}


def do_at_once(workers: list[subprocess.Popen], jobs: list[int]) -> None:
    for worker, job in zip(workers, jobs, strict=True):
        worker.stdin.write(f"{job}\n")
        worker.stdin.flush()
    wait(workers)

"""What is waited for, and what nobody waits for."""

import os
import signal
import time

import psycopg

from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.postgres import Postgres
from devstack.embedded.run import answers_ready

WITHIN = 120.0


def wait_until_it_writes(cluster: Postgres) -> None:
    """A copy recovers first; raises ChildFailed when it takes too long."""
    deadline = time.monotonic() + WITHIN
    while True:
        with psycopg.connect(cluster.url) as connection:
            if connection.execute("SELECT NOT pg_is_in_recovery()").fetchone()[0]:
                return
        if time.monotonic() > deadline:
            raise ChildFailed("the copy does not end its recovery")
        time.sleep(0.02)


def wait_until_it_answers(server: Child, port: int) -> None:
    """That it is ready."""
    deadline = time.monotonic() + WITHIN
    while not answers_ready("127.0.0.1", port):
        if not server.running or time.monotonic() > deadline:
            raise ChildFailed(f"the portal does not answer:\n{server.last_words()}")
        time.sleep(0.05)


def kill(child: Child) -> float:
    """Without a word, as a machine dies; the moment of it."""
    began = time.monotonic()
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    return began

"""What the audit log costs: record() beside a plain INSERT, many appending, sequencing, the walk.

    python -m devstack.bench.audit [--entries 20000] [--clients 8]

Works in a database of its own on the server of DATABASE_URL and drops it afterwards.
"""

import argparse
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db import connection, connections, transaction

from audit.actions import Action
from audit.heads import publish
from audit.inspection import inspect
from audit.sequencer import sequence_all
from audit.services import Actor, record
from audit.tiles import tree_size

OWN = "dopa_bench_audit"
SYSTEM = Actor.system("bench")
PAIRS = 2000
PLAIN = "INSERT INTO bench_plain (at, text, number) VALUES (now(), %s, %s)"


@contextmanager
def own_database() -> Iterator[None]:
    settings = connection.settings_dict
    known = {"user", "password", "host", "port"}
    given = {
        key: value for key, value in connection.get_connection_params().items() if key in known
    }
    with psycopg.connect(**given, dbname="postgres", autocommit=True) as outside:
        outside.execute(f"DROP DATABASE IF EXISTS {OWN} WITH (FORCE)")
        outside.execute(f"CREATE DATABASE {OWN}")
        settings["NAME"] = OWN
        try:
            call_command("migrate", "audit", verbosity=0)
            yield
        finally:
            connections.close_all()
            outside.execute(f"DROP DATABASE {OWN} WITH (FORCE)")


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def change(*, recorded: bool) -> None:
    """A transaction with one plain INSERT, and its entry."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, ["a line of text", 7])
        if recorded:
            record(Action.OFFICE_CHANGED, None, actor=SYSTEM, reason="bench", number=7)


def in_pairs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (at timestamptz, text text, number int)")
    for recorded in (False, True) * 50:
        change(recorded=recorded)
    plain, both = [], []
    for _ in range(PAIRS):
        plain.append(seconds(lambda: change(recorded=False)))
        both.append(seconds(lambda: change(recorded=True)))
    more = [1000 * (two - one) for one, two in zip(plain, both, strict=True)]
    print(f"change alone      {1000 * statistics.median(plain):8.3f} ms, median of {PAIRS}")
    print(f"with its entry    {1000 * statistics.median(both):8.3f} ms")
    print(f"the entry costs   {statistics.median(more):8.3f} ms, median of the pairs' differences")


def appends(entries: int, clients: int) -> None:
    def client() -> None:
        for _ in range(entries // clients):
            record(Action.CASE_SEARCHED, None, actor=SYSTEM, number=7)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = entries / (time.perf_counter() - started)
    print(f"appends           {rate:8.0f} entries/s, each its own commit, {clients} connections")


def walk() -> None:
    started = time.perf_counter()
    done = sequence_all()
    print(f"sequencing        {done / (time.perf_counter() - started):8.0f} entries/s")
    publish()
    found: list = []
    spent = seconds(lambda: found.extend(inspect()))
    print(f"verification      {tree_size() / spent:8.0f} entries/s, {len(found)} findings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    with own_database():
        in_pairs()
        appends(given.entries, given.clients)
        walk()


if __name__ == "__main__":
    main()

"""The samples as they were made, kept beside the database, and the way back to them: `make reset`.

A copy of the whole database costs seconds; making the samples once more takes minutes. Only a
database that `make run` made has one: nothing here touches another.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from devstack.embedded.child import ChildFailed
from devstack.embedded.environment import SERVICES, running
from devstack.embedded.paths import ROOT, var_dir
from devstack.embedded.postgres import SERVING
from devstack.embedded.servers import AlreadyRunning, Servers

KEPT = "dopa_as_made"
FRESH = "dopa_fresh"
EVIDENCE = "evidence"
TRIES, PAUSE = 40, 0.05
ELSEWHERE = "make reset brings back what `make run` made: {} names services of somebody else."
NOTHING_KEPT = "Nothing to go back to: no `make run` has finished its samples in {}."


def keep(folder: Path, address: str) -> None:
    """Keep database and pictures as they are now. Who is in the database is sent out for it."""
    with _beside(address) as connection:
        _drop(connection, KEPT)
        _copy(connection, _name(address), to=KEPT)
    _mirror(folder / EVIDENCE, folder / f"{EVIDENCE}-as-made")


def is_kept(address: str) -> bool:
    with _beside(address) as connection:
        return _exists(connection, KEPT)


def bring_back(folder: Path, addresses: dict[str, str]) -> None:
    """Put the kept ones in the place of the present ones; raises ChildFailed where none are."""
    address = addresses["DATABASE_URL"]
    with _beside(address) as connection:
        if not _exists(connection, KEPT):
            raise ChildFailed(NOTHING_KEPT.format(folder))
        _drop(connection, FRESH)
        _copy(connection, KEPT, to=FRESH)
        _drop(connection, _name(address))
        fresh, place = sql.Identifier(FRESH), sql.Identifier(_name(address))
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(fresh, place))
    _mirror(folder / f"{EVIDENCE}-as-made", folder / EVIDENCE)
    shutil.rmtree(folder / "messages", ignore_errors=True)
    with redis.Redis.from_url(addresses["REDIS_URL"]) as client:
        client.flushdb()


def is_ours(folder: Path, address: str) -> bool:
    """Whether the server at `address` runs out of `folder`."""
    try:
        lines = (folder / "postgres" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    parts = urlsplit(address)
    return parts.hostname == "127.0.0.1" and lines[3] == str(parts.port)


def main() -> None:
    folder = var_dir()
    named = [name for name in SERVICES if os.environ.get(name)]
    if named:
        sys.exit(ELSEWHERE.format(" and ".join(named)))
    if not (folder / "postgres").exists():
        sys.exit(NOTHING_KEPT.format(folder))
    began = time.monotonic()
    try:
        _with_services(folder, lambda addresses: reset(folder, addresses))
    except (AlreadyRunning, ChildFailed) as problem:
        sys.exit(str(problem))
    say(f"The samples are as they were made, after {time.monotonic() - began:.0f} s")


def reset(folder: Path, addresses: dict[str, str]) -> None:
    if not is_ours(folder, addresses["DATABASE_URL"]):
        raise ChildFailed(ELSEWHERE.format("DATABASE_URL of the running portal"))
    bring_back(folder, addresses)
    # The code may be newer than the samples.
    for words in (["migrate", "--verbosity=0", "--no-input"], ["audit", "grant", SERVING]):
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        subprocess.run(command, env=os.environ | addresses, cwd=ROOT, check=True)


def _with_services(folder: Path, work: Callable[[dict[str, str]], None]) -> None:
    """Those of the portal that runs, or started for the moment."""
    addresses = running(folder)
    if addresses is not None:
        return work(addresses)
    services = Servers(folder)
    try:
        services.start(say)
        return work(services.environment)
    finally:
        services.stop()


def _beside(address: str) -> psycopg.Connection:
    """A connection to the same server and another database: one in use is neither copied nor
    dropped.
    """
    elsewhere = urlunsplit(urlsplit(address)._replace(path="/postgres"))
    return psycopg.connect(elsewhere, autocommit=True)


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _exists(connection: psycopg.Connection, name: str) -> bool:
    query = "SELECT true FROM pg_database WHERE datname = %s"
    return connection.execute(query, [name]).fetchone() is not None


def _drop(connection: psycopg.Connection, name: str) -> None:
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(statement.format(sql.Identifier(name)))


def _copy(connection: psycopg.Connection, name: str, *, to: str) -> None:
    """Whoever is sent out comes back within moments: the copy begins before that, or once more."""
    send_out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(to), sql.Identifier(name)
    )
    for left in reversed(range(TRIES)):
        connection.execute(send_out, [name])
        try:
            connection.execute(copy)
        except psycopg.errors.ObjectInUse:
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            return


def _mirror(source: Path, target: Path) -> None:
    """The files once more, without their content taking room twice: no file is written over."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link)


def say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "devstack.settings.development")
    main()

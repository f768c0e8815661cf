"""What is done to the portal. Each fault is over when its function returns, or strikes at once."""

import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import psycopg
from redis.exceptions import RedisError

from devstack.storm.target import Target

Fault = Callable[[Target, random.Random], None]
SHORTEST, LONGEST = 1.0, 6.0  # seconds of what lasts


def kill(name: str) -> Fault:
    """The whole part by SIGKILL; whatever it started outlives it, as after the kernel's killer."""

    def strike(target: Target, _draw: random.Random) -> None:
        if (process := target.part(name)) is not None:
            process.kill()

    return strike


def kill_one_of(name: str) -> Fault:
    """One of the processes that the part keeps for itself; it has to make up for it."""

    def strike(target: Target, draw: random.Random) -> None:
        process = target.part(name)
        with suppress(psutil.NoSuchProcess):
            own = process.children() if process is not None else []
            if own:
                draw.choice(sorted(own, key=lambda one: one.pid)).kill()

    return strike


def stop_database_at_once(target: Target, _draw: random.Random) -> None:
    """As `pg_ctl stop -m immediate`: it comes back by recovery from its log."""
    if (process := target.part("PostgreSQL")) is not None:
        process.send_signal(signal.SIGQUIT)


def hang(name: str) -> Fault:
    """The part and whatever it started stand still for seconds: their connections stay open, and
    nobody answers.
    """

    def strike(target: Target, draw: random.Random) -> None:
        with suppress(psutil.NoSuchProcess):
            if (first := target.part(name)) is not None:
                first.suspend()  # and makes no more of them
                still = [first, *first.children(recursive=True)]
                try:
                    _each(psutil.Process.suspend, still)
                    time.sleep(draw.uniform(SHORTEST, LONGEST))
                finally:
                    _each(psutil.Process.resume, still)

    return strike


def _each(act: Callable[[psutil.Process], None], processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            act(process)


def wipe_redis(target: Target, _draw: random.Random) -> None:
    with suppress(RedisError), target.redis() as client:
        client.flushall()


def take_store_away(target: Target, draw: random.Random) -> None:
    """Neither to be written nor read, as a disk that is gone: root, too, has no file below a file.

    In one step each way, so that nothing is written into what only looks like the store.
    """
    nothing, back = target.folder / "nothing", target.folder / "back"
    nothing.touch()
    nothing.replace(target.evidence)
    time.sleep(draw.uniform(SHORTEST, LONGEST))
    back.symlink_to(target.store)
    back.replace(target.evidence)


def cut_database(target: Target, _draw: random.Random) -> None:
    """All connections of the portal, whatever they are in the middle of."""
    with suppress(psycopg.Error):
        target.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND pid <> pg_backend_pid()"
        )


def cut_redis(target: Target, _draw: random.Random) -> None:
    with suppress(RedisError), target.redis() as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")


FAULTS: dict[str, Fault] = {
    "a web process is killed": kill_one_of("web"),
    "the web server is killed": kill("web"),
    "a process that checks cards is killed": kill_one_of("verification"),
    "the worker that checks cards is killed": kill("verification"),
    "the default worker is killed": kill("worker"),
    "the worker that checks cards hangs for seconds": hang("verification"),
    "beat is killed": kill("beat"),
    "beat hangs for seconds": hang("beat"),
    "Redis is killed": kill("Redis"),
    "Redis is wiped": wipe_redis,
    "Redis hangs for seconds": hang("Redis"),
    "Redis' connections are cut": cut_redis,
    "a process of PostgreSQL is killed": kill_one_of("PostgreSQL"),
    "PostgreSQL is killed": kill("PostgreSQL"),
    "PostgreSQL is stopped at once": stop_database_at_once,
    "PostgreSQL hangs for seconds": hang("PostgreSQL"),
    "PostgreSQL's connections are cut": cut_database,
    "the store of pictures is gone for seconds": take_store_away,
}

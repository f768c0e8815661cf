"""PostgreSQL and Valkey of one folder, each only where the environment names no other."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from devstack.embedded.account import service_account
from devstack.embedded.child import Child
from devstack.embedded.environment import SERVED_AS, SERVICES, lock_path, state_path
from devstack.embedded.files import Lock, replace_private
from devstack.embedded.postgres import SERVING, Postgres
from devstack.embedded.valkey import Valkey

PATIENCE_WITH_A_LAST_RUN = 20.0


class AlreadyRunning(Exception):
    """Another process keeps services in the same folder."""


class Servers:
    """Start with `start()`, end with `stop()`; `environment` then leads programs to them, as the
    owner of the tables, and `serving` as the role that the portal serves under.
    """

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        self.folder = folder
        self.throwaway = throwaway
        self.lock = Lock(lock_path(folder))
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}

    def claim(self) -> None:
        """Hold the folder's lock, against every other run."""
        if self.lock.descriptor >= 0:
            return
        holder = self.lock.holder()
        stopping = holder is not None and not alive(holder)  # its services are on their way out
        if not self.lock.take(patience=PATIENCE_WITH_A_LAST_RUN if stopping else 1.0):
            raise AlreadyRunning(
                f"A portal runs out of {self.folder} already (process {holder or 'unknown'})."
                " Stop it first, or give this one another folder: DOPA_VAR_DIR=..."
            )

    def start(self, say: Callable[[str], None]) -> None:
        """Claim the folder and start what is missing; raises AlreadyRunning, ChildFailed."""
        self.claim()
        self.environment = {
            name: os.environ[name] for name in (*SERVICES, SERVED_AS) if os.environ.get(name)
        }
        if "DATABASE_URL" not in self.environment:
            postgres = Postgres(
                self.folder / "postgres", throwaway=self.throwaway, account=service_account()
            )
            say("Starting PostgreSQL")
            self._run(postgres)
            self.environment["DATABASE_URL"] = postgres.url
            self.environment[SERVED_AS] = postgres.addresses[SERVING]
        if "REDIS_URL" not in self.environment:
            say("Starting Valkey")
            valkey = Valkey(self.folder / "valkey", throwaway=self.throwaway)
            self._run(valkey)
            self.environment["REDIS_URL"] = valkey.url
        replace_private(state_path(self.folder), json.dumps(self.environment))

    @property
    def serving(self) -> dict[str, str]:
        """Of a database that somebody else named, only one role may be known."""
        served_as = self.environment.get(SERVED_AS, self.environment["DATABASE_URL"])
        return self.environment | {"DATABASE_URL": served_as}

    def _run(self, service: Postgres | Valkey) -> None:
        log = self.folder / "log" / f"{type(service).__name__.lower()}.log"
        try:
            service.start(log=log, keep_open=self.lock.descriptor)
        finally:
            if service.child is not None:
                self.children.append(service.child)

    def stop(self) -> None:
        if self.lock.descriptor < 0:
            return
        for child in reversed(self.children):
            child.stop()
        self.children.clear()
        with suppress(FileNotFoundError):
            state_path(self.folder).unlink()
        self.lock.release()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

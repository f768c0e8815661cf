"""The whole portal as it runs in production, beside the tests, on a database of its own."""

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from redis import Redis

from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.ports import free_port
from devstack.embedded.programs import beat, celery_worker, web
from devstack.embedded.valkey import Valkey
from tests.beginning import Beginning, address_of, manage

READY_WITHIN = 60.0


class Portal:
    """`url` is its address; `web`, `worker`, `beat` and `valkey.child` are processes to be killed
    and started again; `query()` looks and acts inside as the owner of the tables, `manage()` under
    the role that all of it runs under.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"dopa_e2e_{folder.name}"
        self.valkey = Valkey(folder / "valkey", throwaway=False)
        self.children: list[Child] = []

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database_url = address_of(self.name, "DATABASE_URL")
        self.valkey.start(log=self.folder / "valkey.log", keep_open=-1)
        self.redis = Redis.from_url(self.valkey.url)
        self.environment = os.environ | {
            "DATABASE_URL": address_of(self.name, "DATABASE_SERVING_URL"),
            "REDIS_URL": self.valkey.url,
            "DOPA_VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "devstack.settings.test_portal",
        }
        beginning = Beginning(self.folder.with_name("beginning"), self.environment)
        beginning.copy_to(self.name, self.folder)
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment["PORTAL_ADDRESS"] = self.url
        self.web = self._child("web", web("127.0.0.1", port))
        self.worker = self._child("worker", celery_worker("verification,default", processes=2))
        self.beat = self._child("beat", beat(self.folder / "beat-schedule"))
        self._wait_until_ready()

    def _child(self, name: str, command: list[str]) -> Child:
        child = Child(name, command, log=self.folder / f"{name}.log", env=self.environment)
        child.start()
        self.children.append(child)
        return child

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            if not self.web.running or time.monotonic() > deadline:
                raise ChildFailed(f"the portal does not start:\n{self.web.last_words()}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/health/ready/", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            return False
        return True

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """None of its processes runs, but for PostgreSQL, which all tests share."""
        processes = [*self.children, self.valkey.child]
        for child in processes:
            child.stop()
        try:
            yield
        finally:
            for child in reversed(processes):
                child.start()
            self._wait_until_ready()

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a management command of the portal; what it prints. A failure is an error."""
        return manage(*arguments, environment=self.environment | environment)

    def static(self, name: str) -> str:
        """The address under which browsers get a static file."""
        manifest = json.loads((self.folder / "static" / "staticfiles.json").read_text())
        return f"/static/{manifest['paths'][name]}"

    def query(self, statement: str, *values: object) -> list[tuple]:
        """The rows of one SQL statement, committed."""
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        if hasattr(self, "redis"):
            self.redis.close()
        if self.valkey.child is not None:
            self.valkey.child.stop()


@contextmanager
def running(folder: Path) -> Iterator[Portal]:
    """With a database named after the folder."""
    portal = Portal(folder)
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()

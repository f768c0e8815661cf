"""The portal as `make run` runs it, out of a folder of its own, to be broken at will."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import psycopg
from redis import Redis

from devstack.embedded.child import ChildFailed
from devstack.embedded.environment import SERVICES, running
from devstack.embedded.paths import ROOT
from devstack.embedded.ports import free_port
from devstack.embedded.pulse import told_by
from devstack.embedded.run import health_page

READY_WITHIN = 180.0
# What the command line of each of the supervisor's own processes holds.
PARTS = {
    "web": "gunicorn",
    "verification": "--queues=verification",
    "worker": "--queues=default",
    "beat": "--schedule=",
    "Redis": "valkey-server",
    "PostgreSQL": "bin/postgres",
}


class Target:
    """`url` is where it answers; `part()` finds its processes, `query()` and `manage()` look in."""

    def __init__(self, folder: Path, *, settings: str = "devstack.settings.storm") -> None:
        self.folder = folder
        self.evidence = folder / "evidence"
        self.store = folder / "evidence-store"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        given = {name: value for name, value in os.environ.items() if name not in SERVICES}
        self.environment = given | {
            "PORT": str(self.port),
            "PORTAL_ADDRESS": self.url,
            "DOPA_VAR_DIR": str(folder),
            "DOPA_SAMPLES": "0",
            "DJANGO_SETTINGS_MODULE": settings,
        }
        self.supervisor: subprocess.Popen | None = None

    def start(self) -> None:
        """Raises ChildFailed, with the end of its log, where it does not come up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)  # the account of PostgreSQL passes through
        self.store.mkdir()
        self.evidence.symlink_to(self.store)  # to be taken away and brought back in one step
        with (self.folder / "run.log").open("wb") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "devstack.embedded.run"],
                cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is the campaign's
            )  # fmt: skip
        deadline = time.monotonic() + READY_WITHIN
        while not told_by(health_page("127.0.0.1", self.port)):
            if self.supervisor.poll() is not None or time.monotonic() > deadline:
                raise ChildFailed((self.folder / "run.log").read_text()[-2000:])
            time.sleep(0.2)

    def part(self, name: str) -> psutil.Process | None:
        """The process that the supervisor started for it, while there is one."""
        for child in psutil.Process(self.supervisor.pid).children():
            try:
                if any(PARTS[name] in word for word in child.cmdline()):
                    return child
            except psutil.Error:
                continue
        return None

    @property
    def database_url(self) -> str:
        return self._addresses()["DATABASE_URL"]

    def redis(self) -> Redis:
        url = self._addresses()["REDIS_URL"]
        return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)

    def _addresses(self) -> dict[str, str]:
        addresses = running(self.folder)
        if addresses is None:
            raise ChildFailed("the portal's supervisor has ended")
        return addresses

    def query(self, statement: str, *values: object) -> list[tuple]:
        """The rows of one SQL statement, committed."""
        with psycopg.connect(self.database_url, connect_timeout=3) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A management command of the portal, however it ends."""
        return subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def says(self, path: str) -> int:
        """The status of a page."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310 - ours
                return int(answer.status)
        except OSError:
            return 0

    def stop(self) -> None:
        if self.supervisor is not None:
            self.supervisor.terminate()
            self.supervisor.wait()

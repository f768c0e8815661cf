"""Web servers for tests: the small application of tests.core.echo behind our worker."""

import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from devstack.embedded.paths import ROOT
from devstack.embedded.ports import free_port
from devstack.embedded.programs import web

CADDYFILE = ROOT / "deploy" / "Caddyfile"


@contextmanager
def serving(*options: str, **variables: str) -> Iterator[tuple[subprocess.Popen, int]]:
    """gunicorn as the portal has it, with one process; its process and its port."""
    port = free_port()
    command = [*web("127.0.0.1", port, workers=1), *options]
    command[command.index("dopa_portal.wsgi")] = "tests.core.echo"
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | variables)  # noqa: S603 - our own
    with ended(server, port) as process:
        yield process, port


@contextmanager
def ended(process: subprocess.Popen, port: int) -> Iterator[subprocess.Popen]:
    """Once it listens; it is stopped afterwards."""
    try:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(30)


class Proxy(NamedTuple):
    """Its two ports, and the certificate (PEM) of whoever signed that of `localhost`."""

    plain: int
    secure: int
    root: Path


@contextmanager
def proxied(port: int, folder: Path, **variables: str) -> Iterator[Proxy]:
    """Caddy with the file of deploy/ in front of that port, as `localhost`, for which it signs
    itself.
    """
    plain, secure = free_port(), free_port()
    environment = (
        os.environ
        | {
            "PORTAL_SITE": "localhost",
            "PORTAL_HTTP_PORT": str(plain),
            "PORTAL_HTTPS_PORT": str(secure),
            "PORTAL_WEB": f"127.0.0.1:{port}",
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        }
        | variables
    )
    caddy = str(Path(sys.executable).with_name("caddy"))
    command = [caddy, "run", "--config", str(CADDYFILE)]
    with ended(subprocess.Popen(command, env=environment), secure):  # noqa: S603 - our own command
        _await_certificate(secure)
        yield Proxy(plain, secure, folder / "caddy/pki/authorities/local/root.crt")


def _await_certificate(port: int) -> None:
    """Caddy listens before it has signed one."""
    for _ in range(100):
        with suppress(OSError):
            ssl.get_server_certificate(("localhost", port), timeout=5)
            return
        time.sleep(0.1)
    raise TimeoutError("Caddy signs no certificate")

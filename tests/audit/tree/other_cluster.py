"""A second cluster into which a real dump is restored, as after a disaster."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from django.db import connection, connections

from devstack.embedded.account import service_account
from devstack.embedded.postgres import Postgres, program

PLACE = ("HOST", "PORT", "USER", "PASSWORD", "NAME")


def dumped() -> bytes:
    """The test's database, by pg_dump."""
    return _run("pg_dump", {name: connection.settings_dict[name] for name in PLACE})


@contextmanager
def restored(dump: bytes) -> Iterator[None]:
    """Inside, the portal's connection leads to a new cluster that has what was dumped. It lies
    beside the first one, where the account that runs it may pass.
    """
    with TemporaryDirectory(dir=os.environ["DOPA_VAR_DIR"]) as folder:
        yield from _restored(dump, Path(folder))


def _restored(dump: bytes, folder: Path) -> Iterator[None]:
    account = service_account()
    cluster = Postgres(folder / "other", throwaway=True, account=account)
    settings = connection.settings_dict
    before = {name: settings[name] for name in PLACE}
    cluster.start(log=folder / "other.log", keep_open=-1)
    try:
        parts = urlsplit(cluster.url)
        values = (parts.hostname, parts.port, parts.username, parts.password, parts.path[1:])
        there = dict(zip(PLACE, values, strict=True))
        _run("psql", there, "--quiet", "--set=ON_ERROR_STOP=1", stdin=dump)
        connections.close_all()
        settings.update(there)
        yield
    finally:
        connections.close_all()
        settings.update(before)
        cluster.child.stop()


def _run(name: str, place: dict, *options: str, stdin: bytes = b"") -> bytes:
    where = ["-h", place["HOST"], "-p", str(place["PORT"]), "-U", place["USER"], place["NAME"]]
    also = ["--no-owner", "--no-privileges", "--no-comments"] if name == "pg_dump" else []
    return subprocess.run(  # noqa: S603 - our own programs
        [program(name), *also, *options, *where],
        env=os.environ | {"PGPASSWORD": place["PASSWORD"]},
        input=stdin,
        check=True,
        capture_output=True,
    ).stdout

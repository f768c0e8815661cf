"""Importer, worker or database killed outright in the middle, then resumed: the same to the row."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from devstack.demo.population import write_population
from devstack.embedded.account import service_account
from devstack.embedded.postgres import Postgres
from population.models import ImportRun, RunState
from tests.population.runs import digest_of_file, digest_of_register

ROWS, FEW_ROWS = 200_000, 20_000
STAGING = (
    "SELECT c.relname FROM pg_class c "
    "WHERE c.relkind = 'p' AND c.relname LIKE 'population_staging_%'"
)
CHUNK_THERE = "SELECT EXISTS (SELECT 1 FROM population_importchunk)"
WAITING = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = %s::regclass)"
CHUNKS = "SELECT count(*), mod(sum(digest), 2::numeric ^ 64) FROM population_importchunk"
DIGEST = "SELECT count(*), sum(row_digest) FROM population_record"


def database_of_the_test() -> str:
    parts = settings.DATABASES["default"]
    host = str(parts["HOST"]).replace("/", "%2F")
    port = f":{parts['PORT']}" if parts["PORT"] else ""
    name = connection.settings_dict["NAME"]
    return f"postgresql://{parts['USER']}:{parts['PASSWORD']}@{host}{port}/{name}"


def manage(url: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "manage.py", *map(str, arguments), "--skip-checks"]
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=os.environ | {"DATABASE_URL": url},
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for_a_chunk(process: subprocess.Popen, url: str) -> None:
    deadline = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as looking:
        while not looking.execute(CHUNK_THERE).fetchone()[0]:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)


def a_worker_of(process: subprocess.Popen) -> int:
    """The youngest child: the first is multiprocessing's own resource tracker."""
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return max(int(child) for task in tasks for child in task.read_text().split())


@contextmanager
def held_up_at(moment: str, url: str) -> Iterator[None]:
    """The importer stands still in the middle of building its keys, or of exchanging the tables:
    somebody reads what it wants for itself.
    """
    with psycopg.connect(url) as reader, psycopg.connect(url, autocommit=True) as looking:
        (staging,) = reader.execute(STAGING).fetchone()
        table = {"indexing": f"{staging}_07", "exchange": "population_record"}[moment]
        reader.execute(f"LOCK TABLE {table} IN ACCESS SHARE MODE")
        deadline = time.monotonic() + 60
        while not looking.execute(WAITING, [table]).fetchone()[0]:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield


@pytest.fixture
def register(tmp_path) -> Path:
    path = tmp_path / "register.csv"
    write_population(path, ROWS)
    return path


@pytest.mark.parametrize("victim", ["importer", "worker"])
def test_kill_nine_and_resume_give_the_same_register(offices, register, victim):
    url = database_of_the_test()
    first = manage(url, "import_population", register)
    wait_for_a_chunk(first, url)
    os.kill(first.pid if victim == "importer" else a_worker_of(first), signal.SIGKILL)
    assert first.wait(60) == {"importer": -signal.SIGKILL, "worker": 1}[victim]
    assert ImportRun.objects.get().state == RunState.LOADING
    assert manage(url, "import_population", register, "--resume").wait(120) == 0
    run = ImportRun.objects.get()
    assert (run.state, run.rows, run.inserted, run.rejected) == ("done", ROWS, ROWS, 0)
    assert digest_of_register() == digest_of_file(run)


@pytest.mark.parametrize("moment", ["indexing", "exchange"])
def test_killed_while_the_register_is_taken_over(offices, tmp_path, moment):
    url, register = database_of_the_test(), tmp_path / "register.csv"
    write_population(register, FEW_ROWS)
    first = manage(url, "import_population", register)
    wait_for_a_chunk(first, url)
    with held_up_at(moment, url):
        os.kill(first.pid, signal.SIGKILL)
        assert first.wait(60) == -signal.SIGKILL
        assert ImportRun.objects.get().state == RunState.MERGING
        assert digest_of_register() == 0
    assert manage(url, "import_population", register, "--resume").wait(120) == 0
    run = ImportRun.objects.get()
    assert (run.state, run.inserted) == ("done", FEW_ROWS)
    assert digest_of_register() == digest_of_file(run)


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A database server of the test's own, which waits for the disk as one in earnest does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)  # it may run under another account
        own = Postgres(folder / "postgres", throwaway=False, account=service_account())
        own.start(log=folder / "postgres.log", keep_open=-1)
        yield own
        own.child.stop()


def kill(server: Postgres) -> None:
    """The machine goes down with it and comes up again."""
    server.child.process.kill()
    server.child.process.wait()
    server.start(log=server.folder.parent / "postgres.log", keep_open=-1)


def test_a_database_killed_twice_amid_an_import_loses_nothing_that_was_written(server, register):
    for command in ("migrate", "load_offices"):
        assert manage(server.url, command).wait(120) == 0
    first = manage(server.url, "import_population", register)
    wait_for_a_chunk(first, server.url)
    kill(server)
    assert first.wait(60) == 1
    second = manage(server.url, "import_population", register, "--resume")
    with suppress(psycopg.OperationalError), held_up_at("indexing", server.url):
        kill(server)
    assert second.wait(60) == 1
    assert manage(server.url, "import_population", register, "--resume").wait(120) == 0
    with psycopg.connect(server.url) as looking:
        rows, digest = looking.execute(DIGEST).fetchone()
        _, of_file = looking.execute(CHUNKS).fetchone()
    assert (rows, int(digest) % 2**64) == (ROWS, int(of_file))
